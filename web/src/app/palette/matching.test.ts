import { expect, test } from "vitest";
import { bestLine, matches, questionOf } from "./matching";

const passage = (lines: [string, string][], first = 10) => ({
  utterances: [first, first + lines.length - 1],
  best: [first + 1, first + 1],
  quote: lines.map(([, words]) => words).join("\n"),
  text: lines.map(([speaker, words]) => (speaker ? `${speaker}: ${words}` : words)).join("\n"),
});

test("a text matches when all words of the query stand in it", () => {
  expect(matches("Atlas weekly 2026-03-04", "03 atlas")).toBe(true);
  expect(matches("Atlas weekly", "atlas monthly")).toBe(false);
  expect(matches("anything", "")).toBe(true);
});

test("a question begins with the word for asking, in either language", () => {
  expect(questionOf("ask: when do we ship?")).toBe("when do we ship?");
  expect(questionOf("问：预算多少")).toBe("预算多少");
  expect(questionOf("ask:")).toBe("");
  expect(questionOf("task: write")).toBeNull();
  expect(questionOf("asking")).toBeNull();
});

test("the line that shares most terms is shown, with its number and who said it", () => {
  const found = passage([
    ["Mina", "Good morning: everybody."],
    ["Jon", "We ship later."],
    ["", "The release date is April 17."],
  ]);
  expect(bestLine(found, "release date")).toEqual({ speaker: null, text: "The release date is April 17.", index: 12 });
  expect(bestLine(found, "MORNING")).toEqual({ speaker: "Mina", text: "Good morning: everybody.", index: 10 });
});

test("Chinese is looked for by its neighbouring characters", () => {
  const found = passage([
    ["沈岚", "我们先看数据。"],
    ["郝子睿", "坏消息是证书，四月到期。"],
  ]);
  expect(bestLine(found, "证书到期").index).toBe(11);
});

test("where no term is shared, the best line of the search is shown", () => {
  const found = passage([
    ["Mina", "Good morning."],
    ["Jon", "We ship on Friday."],
  ]);
  expect(bestLine(found, "发布日期")).toEqual({ speaker: "Jon", text: "We ship on Friday.", index: 11 });
});
