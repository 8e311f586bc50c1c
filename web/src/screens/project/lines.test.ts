import { expect, test } from "vitest";
import { linesOf } from "./lines";
import { evidence, step } from "./sample";

test("each line that states a step is found in its quotes", () => {
  const quotes = [
    { ...evidence("I'll write it.\nBy when?\nBy Friday."), utterances: [3, 5] },
    { ...evidence("And test it."), utterances: [9, 9] },
  ];
  expect(linesOf(step({ lines: [3, 5, 9], evidence: quotes }))).toEqual([
    { at: 3, text: "I'll write it." },
    { at: 5, text: "By Friday." },
    { at: 9, text: "And test it." },
  ]);
});
