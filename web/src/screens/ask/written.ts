import { whoSpeaks } from "../../evidence/whoSpeaks";
import { clock, day } from "../../time";
import type { Answer, Citation } from "./attempt";

const MARKUP = /[\\`*_[\]<>]/g;

/** The words around an answer that is copied. */
export interface Wording {
  language: string;
  evidence: string;
  unknown: string;
}

/** An answer as a Markdown document: the question, the answer, and the evidence that its marks name, with links. */
export function answerMarkdown(answer: Answer, origin: string, wording: Wording): string {
  const parts = [`# ${plain(answer.question)}`, answer.answer.trim()];
  if (answer.citations.length > 0) {
    parts.push(`## ${wording.evidence}`);
    parts.push(answer.citations.map((one) => evidenceLine(one, origin, wording)).join("\n"));
  }
  return `${parts.join("\n\n")}\n`;
}

function evidenceLine(one: Citation, origin: string, { language, unknown }: Wording): string {
  const said = [day(one.date, language), one.start === null ? "" : clock(one.start), plain(whoSpeaks(one) ?? unknown)];
  const where = `[${plain(one.meeting_title)}](${momentUrl(one, origin)})`;
  return `${one.n}. ${where} · ${said.filter(Boolean).join(" · ")} · “${plain(one.quote)}”`;
}

/** The address of a moment in its meeting. */
function momentUrl({ meeting_id, utterances, start }: Citation, origin: string): string {
  const place = new URLSearchParams({ line: String(utterances[0]) });
  if (start !== null) place.set("t", String(Math.round(start * 100) / 100));
  return `${origin}/meetings/${encodeURIComponent(meeting_id)}?${place}`;
}

/** The permanent address of an answer in its conversation. */
export function answerUrl({ conversation_id, message_id }: Answer, origin: string): string {
  return `${origin}/conversations/${encodeURIComponent(conversation_id)}#${message_id}`;
}

/** Words on one line, with what Markdown would take for markup escaped. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").trim().replace(MARKUP, "\\$&");
}
