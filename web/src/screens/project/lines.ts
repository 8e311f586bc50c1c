import type { Matter } from "./queries";

/** A line of a meeting by its number there. */
export interface Line {
  at: number;
  text: string;
}

/** The lines that state a step of a matter, as they are quoted: a quote has a row for each of its lines. */
export function linesOf({ lines, evidence }: Matter["history"][number]): Line[] {
  return lines.map((at) => {
    const quoted = evidence.find(({ utterances: [first = 0, last = 0] }) => first <= at && at <= last);
    const rows = quoted?.quote.split("\n") ?? [];
    return { at, text: rows[at - (quoted?.utterances[0] ?? 0)] ?? `${at}` };
  });
}
