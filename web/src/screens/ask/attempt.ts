import type { Schemas } from "../../api/client";
import type { ServerEvent } from "../../api/events";

export type AskBody = Schemas["AskBody"];
export type Answer = Schemas["AnswerDocument"];
export type Citation = Schemas["CitationDocument"];

/** A question on its way to its answer: what has come so far, and how it ended if it did not end well. */
export interface Attempt {
  body: AskBody;
  state: "running" | "stopped" | "failed" | "answered";
  /** What is being done now, in the words of the server. */
  status: string;
  /** What was found, numbered in the order of finding; the answer numbers anew what it cites. */
  evidence: Citation[];
  /** The words of the model as they come, not yet checked. */
  text: string;
  answer: Answer | null;
  error: unknown;
}

type AskEvent =
  | { event: "status"; data: { stage: string; text: string } }
  | { event: "citation"; data: Citation }
  | { event: "token"; data: { text: string } }
  | { event: "done"; data: Answer };

const NAMES: string[] = ["status", "citation", "token", "done"] satisfies AskEvent["event"][];
const isAskEvent = (heard: ServerEvent | AskEvent): heard is AskEvent => NAMES.includes(heard.event);

/** A question that has just been asked. */
export function begun(body: AskBody): Attempt {
  return { body, state: "running", status: "", evidence: [], text: "", answer: null, error: null };
}

/** The attempt after one more event of the server; events that are not known change nothing. */
export function heard(attempt: Attempt, event: ServerEvent): Attempt {
  if (!isAskEvent(event)) return attempt;
  switch (event.event) {
    case "status":
      return { ...attempt, status: event.data.text, text: paragraph(attempt.text, event.data.stage) };
    case "citation":
      return { ...attempt, evidence: [...attempt.evidence, event.data] };
    case "token":
      return { ...attempt, text: attempt.text + event.data.text };
    case "done":
      return { ...attempt, state: "answered", answer: event.data };
  }
}

/** A model that writes a second time does so in a new paragraph. */
function paragraph(text: string, stage: string): string {
  return stage === "answer" && text !== "" ? `${text}\n\n` : text;
}
