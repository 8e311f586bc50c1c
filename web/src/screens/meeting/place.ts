import type { Utterance, Word } from "../../api/transcript";

/** What plays: a row of the transcript, and a word of it; -1 where none does. */
export interface Place {
  row: number;
  word: number;
}

export const NOWHERE: Place = { row: -1, word: -1 };

/** The rows that have a time, by when they start. */
export interface Starts {
  seconds: number[];
  rows: number[];
}

/** When the rows of a transcript start. Rows without a time are left out. */
export function startsOf(lines: Utterance[]): Starts {
  const timed = lines.flatMap(({ start }, row) => (start === null ? [] : [{ start, row }]));
  timed.sort((one, other) => one.start - other.start || one.row - other.row);
  return { seconds: timed.map(({ start }) => start), rows: timed.map(({ row }) => row) };
}

/** The row that was begun last by these seconds; -1 before the first. */
export function rowAt(starts: Starts, seconds: number): number {
  return starts.rows[lastBegun(starts.seconds.length, (index) => starts.seconds[index] ?? 0, seconds)] ?? -1;
}

/** The word that was begun last by these seconds; -1 before the first and after the last has ended. */
export function wordAt(words: Word[] | undefined, seconds: number): number {
  if (words === undefined || seconds > (words.at(-1)?.end ?? 0)) return -1;
  return lastBegun(words.length, (index) => words[index]?.start ?? 0, seconds);
}

/** The row and the word that play at these seconds. */
export function placeAt(lines: Utterance[], starts: Starts, seconds: number): Place {
  const row = rowAt(starts, seconds);
  return { row, word: wordAt(lines[row]?.words, seconds) };
}

/** The last index whose start is not after these seconds, by binary search; -1 where there is none. */
function lastBegun(count: number, startOf: (index: number) => number, seconds: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
