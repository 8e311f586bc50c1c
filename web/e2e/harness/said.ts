import type { Api } from "./api.ts";

/** A line of a made-up meeting: who, and what. */
export type Said = [speaker: string, text: string];

/** Puts a meeting in which this was said on a day into a project; gives its id when it can be searched. */
export async function meet(
  api: Api,
  project: string,
  title: string,
  lines: Said[],
  date = "2026-03-04",
): Promise<string> {
  const utterances = lines.map(([speaker, text], at) => ({ speaker, text, start: at * 5, end: at * 5 + 4 }));
  const content = JSON.stringify({ title, date, language: "en", utterances });
  const [id] = await api.add(project, { name: "meeting.json", content });
  if (id === undefined) throw new Error("nothing came of the transcript");
  return id;
}
