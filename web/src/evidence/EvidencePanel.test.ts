import { expect, test } from "vitest";
import type { Utterance } from "../api/transcript";
import { around } from "./EvidencePanel";

const line = (i: number, speaker: string, text = `line ${i}`): Utterance => ({
  i,
  speaker,
  text,
  start: i,
  end: i + 1,
});
const indexes = (lines: Utterance[]) => lines.map((one) => one.i);

test("evidence stands between two turns before and two after", () => {
  const lines = ["a", "a", "b", "c", "c", "d", "e", "e", "f"].map((speaker, i) => line(i, speaker));
  expect(indexes(around(lines, [5, 5]))).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(indexes(around(lines, [0, 1]))).toEqual([0, 1, 2, 3, 4]);
});

test("silent lines are left out", () => {
  expect(indexes(around([line(0, "a", ""), line(1, "a"), line(2, "b", ""), line(3, "b")], [1, 1]))).toEqual([1, 3]);
});
