import type { Utterance } from "../../api/transcript";

/** A stretch of a text, by its characters. */
export interface Span {
  from: number;
  to: number;
}

/** A place in the transcript where the searched words stand. */
export interface Match extends Span {
  row: number;
}

/** Every place where these words stand, whatever their case; any white space matches any other. */
export function findAll(lines: Utterance[], wanted: string): Match[] {
  const parts = wanted.trim().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [];
  const pattern = new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "giu");
  return lines.flatMap(({ text }, row) =>
    Array.from(text.matchAll(pattern), (found) => ({ row, from: found.index, to: found.index + found[0].length })),
  );
}

/** The matches of each row that has any. */
export function byRow(matches: Match[]): Map<number, Match[]> {
  return Map.groupBy(matches, ({ row }) => row);
}

/** The match to begin with: the first from a row on, else the first of all. */
export function firstFrom(matches: Match[], row: number): number {
  return Math.max(
    0,
    matches.findIndex((match) => match.row >= row),
  );
}
