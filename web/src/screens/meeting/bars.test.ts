import { expect, test } from "vitest";
import { bars } from "./bars";

test("a bar is as high as its highest peak, the highest of all 1", () => {
  expect(bars([0.1, 0.4, 0.2, 0.8], 2)).toEqual([0.5, 1]);
});

test("silence has no height, and no peaks are silence", () => {
  expect(bars([0, 0], 2)).toEqual([0, 0]);
  expect(bars([], 2)).toEqual([0, 0]);
});
