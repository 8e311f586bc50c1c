import type { Meeting } from "../../api/queries";

/** What the list shows in a line: the heading of a month, or a meeting. */
export type Row = { month: string; count: number } | { meeting: Meeting };

/** The meetings, newest first, each month under a heading. They come oldest first. */
export function byMonth(meetings: readonly Meeting[]): Row[] {
  const months = new Map<string, Meeting[]>();
  for (const meeting of meetings.toReversed()) {
    const month = meeting.date.slice(0, 7);
    const those = months.get(month) ?? [];
    those.push(meeting);
    months.set(month, those);
  }
  return [...months].flatMap(([month, those]) => [
    { month, count: those.length },
    ...those.map((meeting) => ({ meeting })),
  ]);
}

/** The meetings whose title holds every word of a text, however it is written. */
export function titled(meetings: readonly Meeting[], text: string): readonly Meeting[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return meetings;
  return meetings.filter(({ title }) => words.every((word) => plain(title).includes(word)));
}

const plain = (text: string) => text.normalize("NFKC").toLocaleLowerCase();

/** A month as people of a language write it: "March 2026", "2026年3月". */
export function monthName(month: string, language: string): string {
  const [year = 0, of = 1] = month.split("-").map(Number);
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "long", timeZone: "UTC" }).format(
    Date.UTC(year, of - 1),
  );
}
