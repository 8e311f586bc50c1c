import type { Schemas } from "../../api/client";
import type { Language } from "../../i18n";
import type { Answer } from "./attempt";

type Item = Pick<Schemas["ItemDocument"], "kind" | "text" | "owner" | "name" | "status" | "date">;

/** A question to ask next: a template among the words of this screen, what fills it, and its language. */
export interface Suggestion {
  key: "ask_owner" | "ask_metric" | "ask_question" | "ask_decided" | "ask_changed";
  values: { name: string } | { what: string } | { date: string } | { first: string; last: string };
  language: Language;
}

/** Words of a meeting that are longer do not make a question. */
const LONGEST = { en: 60, zh: 24 };
const STANDING = ["promised", "in_progress", "re-dated", "handed-over", "open", "growing"];

/** The language that a text is written in. */
export function languageOf(text: string): Language {
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}

/** Questions that the matters of a project can answer, one of a kind. */
export function itemExamples(items: readonly Item[]): Suggestion[] {
  const language = languageOf(items.map(({ text }) => text).join(" "));
  const owner = items.find((item) => item.kind === "commitment" && item.owner !== null && stands(item))?.owner;
  const metric = items.find((item) => item.kind === "metric" && item.name !== null)?.name;
  const question = items.find((item) => item.kind === "question" && stands(item) && isShort(item.text));
  const decision = items.findLast((item) => item.kind === "decision");
  const found: Suggestion[] = [];
  if (owner) found.push({ key: "ask_owner", values: { name: owner }, language });
  if (decision) found.push({ key: "ask_decided", values: { date: decision.date }, language });
  if (metric) found.push({ key: "ask_metric", values: { what: metric }, language });
  if (question) found.push({ key: "ask_question", values: { what: question.text }, language });
  return found;
}

/** What may be asked next, judged by the evidence of an answer: on which days it was said, and by whom. */
export function followUps({ question, abstained, citations }: Answer): Suggestion[] {
  const days = citations.map(({ date }) => date).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (abstained || first === undefined || last === undefined) return [];
  const language = languageOf(question);
  const speaker = citations.find((one) => one.speaker !== null)?.speaker;
  const found: Suggestion[] = [
    first === last
      ? { key: "ask_decided", values: { date: last }, language }
      : { key: "ask_changed", values: { first, last }, language },
  ];
  if (speaker) found.push({ key: "ask_owner", values: { name: speaker }, language });
  return found;
}

function stands({ status }: Item): boolean {
  return STANDING.includes(status);
}

function isShort(text: string): boolean {
  return text.length <= LONGEST[languageOf(text)];
}
