import { expect, test } from "vitest";
import type { Utterance } from "../../api/transcript";
import { byRow, findAll, firstFrom } from "./find";

const lines: Utterance[] = ["We ship it (maybe).", "上线时间是四月", "ship  IT, ship it"].map((text, i) => ({
  i,
  speaker: null,
  text,
  start: null,
  end: null,
}));

test("words are found whatever their case and the space between them", () => {
  expect(findAll(lines, " ship it ")).toEqual([
    { row: 0, from: 3, to: 10 },
    { row: 2, from: 0, to: 8 },
    { row: 2, from: 10, to: 17 },
  ]);
  expect(findAll(lines, "时间")).toEqual([{ row: 1, from: 2, to: 4 }]);
});

test("marks of a pattern are looked for as they are, and nothing is found for nothing", () => {
  expect(findAll(lines, "(maybe).")).toEqual([{ row: 0, from: 11, to: 19 }]);
  expect(findAll(lines, "  ")).toEqual([]);
});

test("matches are known by row, and the search begins where the reader is", () => {
  const found = findAll(lines, "ship");
  expect(byRow(found).get(2)).toHaveLength(2);
  expect(firstFrom(found, 1)).toBe(1);
  expect(firstFrom(found, 3)).toBe(0);
});
