import { expect, test } from "vitest";
import { cutAtMarks, linkMarks, markOf } from "./marks";

test("marks of evidence become links to it", () => {
  expect(linkMarks("The release ships on April 17 [1][3].", [1, 3])).toBe(
    "The release ships on April 17 [1](#evidence-1)[3](#evidence-3).",
  );
});

test("what is no mark of evidence stays as it reads", () => {
  expect(linkMarks("Row [7] is empty.", [1])).toBe("Row \\[7] is empty.");
  expect(linkMarks("“see \\[1\\] there” [1]", [1])).toBe("“see \\[1\\] there” [1](#evidence-1)");
  expect(linkMarks("[1](https://example.org)", [1])).toBe("[1](https://example.org)");
});

test("text that is being written is cut at its marks, and what a model put in brackets stays words", () => {
  expect(cutAtMarks("We ship [1][2], row \\[7\\] is \\<b\\>.")).toEqual([
    { words: "We ship ", mark: null },
    { words: "[1]", mark: 1 },
    { words: "", mark: null },
    { words: "[2]", mark: 2 },
    { words: ", row [7] is <b>.", mark: null },
  ]);
});

test("only a link to evidence has its number", () => {
  expect(markOf("#evidence-12")).toBe(12);
  expect([markOf("#evidence-"), markOf("https://example.org/#evidence-1"), markOf(undefined)]).toEqual([
    null,
    null,
    null,
  ]);
});
