import { expect, test } from "vitest";
import type { Utterance } from "../../api/transcript";
import { placeAt, rowAt, startsOf, wordAt } from "./place";

const line = (i: number, start: number | null, end: number | null = null): Utterance => ({
  i,
  speaker: null,
  text: "words",
  start,
  end,
});
const words = [
  { text: "we", start: 2, end: 2.3, probability: 0.9 },
  { text: "ship", start: 2.4, end: 3, probability: 0.9 },
];

test("the row that plays is the last that has begun, lines without a time left out", () => {
  const starts = startsOf([line(0, 2), line(1, null), line(2, 5), line(3, 9)]);
  expect([1.9, 2, 4.9, 5, 100].map((seconds) => rowAt(starts, seconds))).toEqual([-1, 0, 0, 2, 3]);
  expect(rowAt(startsOf([]), 3)).toBe(-1);
});

test("rows that are out of order, since people speak at once, are found by their time", () => {
  const starts = startsOf([line(0, 0), line(1, 6), line(2, 4)]);
  expect(rowAt(starts, 5)).toBe(2);
  expect(rowAt(starts, 6)).toBe(1);
});

test("a word plays from its start to that of the next one, the last to its end", () => {
  expect([1, 2, 2.35, 2.4, 3, 3.1].map((seconds) => wordAt(words, seconds))).toEqual([-1, 0, 0, 1, 1, -1]);
  expect(wordAt(undefined, 1)).toBe(-1);
});

test("a place is the row and its word", () => {
  const lines = [line(0, 0), { ...line(1, 2), words }];
  expect(placeAt(lines, startsOf(lines), 2.5)).toEqual({ row: 1, word: 1 });
  expect(placeAt(lines, startsOf(lines), 0.5)).toEqual({ row: 0, word: -1 });
});
