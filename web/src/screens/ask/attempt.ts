import type { Schemas } from "../../api/client";
import type { ServerEvent } from "../../api/events";

export type AskBody = Schemas["AskBody"];
export type Answer = Schemas["AnswerDocument"];
export type Citation = Schemas["CitationDocument"];

/** A question on its way to its answer: what has come so far, and how it ended if it did not end well. */
export interface Attempt {
  body: AskBody;
  state: "running" | "stopped" | "failed" | "answered";
  /** The conversation that it belongs to, once the server has said so. */
  conversation: string | undefined;
  /** What is being done now, in the words of the server. */
  status: string;
  /** What was found, numbered as the words name it; the answer numbers anew what it cites. */
  evidence: Citation[];
  /** What the model thinks before it writes. */
  thoughts: string;
  /** The words of the model as they come, as Markdown with marks, not yet checked. */
  text: string;
  answer: Answer | null;
  error: unknown;
}

type AskEvent =
  | { event: "status"; data: { stage: string; text: string; conversation_id?: string } }
  | { event: "citation"; data: Citation }
  | { event: "thinking"; data: { text: string } }
  | { event: "token"; data: { text: string } }
  | { event: "done"; data: Answer };

const NAMES: string[] = ["status", "citation", "thinking", "token", "done"] satisfies AskEvent["event"][];
const isAskEvent = (heard: ServerEvent | AskEvent): heard is AskEvent => NAMES.includes(heard.event);

/** A question that has just been asked. */
export function begun(body: AskBody): Attempt {
  return {
    body,
    state: "running",
    conversation: body.conversation_id ?? undefined,
    status: "",
    evidence: [],
    thoughts: "",
    text: "",
    answer: null,
    error: null,
  };
}

/** The request that asks a question once more, in the conversation that it belongs to. */
export function again({ body, conversation }: Attempt): AskBody {
  return { ...body, conversation_id: conversation };
}

/** The attempt after one more event of the server; events that are not known change nothing. */
export function heard(attempt: Attempt, event: ServerEvent): Attempt {
  if (!isAskEvent(event)) return attempt;
  switch (event.event) {
    case "status":
      return begins(attempt, event.data);
    case "citation":
      return { ...attempt, evidence: [...attempt.evidence, event.data] };
    case "thinking":
      return { ...attempt, thoughts: attempt.thoughts + event.data.text };
    case "token":
      return { ...attempt, text: attempt.text + event.data.text };
    case "done":
      return { ...attempt, state: "answered", answer: event.data };
  }
}

/** A step begins. A model that writes a second time thinks and writes in a new paragraph. */
function begins(attempt: Attempt, step: Extract<AskEvent, { event: "status" }>["data"]): Attempt {
  const { thoughts, text, conversation } = attempt;
  const anew = step.stage === "answer";
  return {
    ...attempt,
    conversation: step.conversation_id ?? conversation,
    status: step.text,
    thoughts: anew ? paragraph(thoughts) : thoughts,
    text: anew ? paragraph(text) : text,
  };
}

function paragraph(text: string): string {
  return text === "" ? "" : `${text}\n\n`;
}
