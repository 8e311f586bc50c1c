import type { AskBody } from "./attempt";

/** Where to look for an answer: nothing set means everywhere. Days are both included. */
export interface Scope {
  project?: string;
  speaker?: string;
  since?: string;
  until?: string;
}

export const TIMES = ["this_week", "last_week", "this_month"] as const;
export type Time = (typeof TIMES)[number];

const first = (value: unknown): string | undefined => {
  const found: unknown = Array.isArray(value) ? value[0] : value;
  return typeof found === "string" && found !== "" ? found : undefined;
};

/** The scope that a conversation was begun with. */
export function keptScope(kept: Record<string, unknown>): Scope {
  return {
    project: first(kept.projects),
    speaker: first(kept.speakers),
    since: first(kept.since),
    until: first(kept.until),
  };
}

/** The scope that a question was asked with. */
export function askedScope({ project, speaker, since, until }: AskBody): Scope {
  return {
    project: project ?? undefined,
    speaker: speaker ?? undefined,
    since: since ?? undefined,
    until: until ?? undefined,
  };
}

/** The request that asks a question within a scope. */
export function askBody(question: string, scope: Scope, conversation?: string, tier?: string): AskBody {
  return { question: question.trim(), meetings: [], ...scope, conversation_id: conversation, tier };
}

/** The first and the last day of a time, seen from a day; weeks begin on Monday. */
export function daysOf(time: Time, today: Date): { since: string; until: string } {
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  if (time === "this_month") return { since: iso(year, month, 1), until: iso(year, month + 1, 0) };
  const monday = date - ((today.getDay() + 6) % 7) - (time === "last_week" ? 7 : 0);
  return { since: iso(year, month, monday), until: iso(year, month, monday + 6) };
}

/** The time whose days a scope has: one of those with a name, `all` of it, or days of its `own`. */
export function timeOf({ since, until }: Scope, today: Date): Time | "all" | "own" {
  if (since === undefined && until === undefined) return "all";
  const named = TIMES.find((time) => {
    const days = daysOf(time, today);
    return days.since === since && days.until === until;
  });
  return named ?? "own";
}

/** A day by its parts, which may run over: day 0 is the last of the month before. */
function iso(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
}
