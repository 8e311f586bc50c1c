import { expect, test } from "vitest";
import { followUps, itemExamples, languageOf } from "./nextQuestions";
import { answer, citation } from "./sample";

const item = (kind: "commitment" | "metric" | "question" | "decision", more = {}) => ({
  kind,
  text: "Run the tests",
  owner: null,
  name: null,
  status: "promised" as const,
  date: "2026-03-04",
  ...more,
});

test("examples are of what a project has: who owes, what was decided last, what is measured, what is open", () => {
  const items = [
    item("commitment", { owner: "Ali", status: "done" }),
    item("commitment", { owner: "Mina" }),
    item("metric", { name: "crash free", status: "measured" }),
    item("question", { text: "Do we need consent?", status: "open" }),
    item("decision", { date: "2026-03-04" }),
    item("decision", { date: "2026-03-11" }),
  ];
  expect(itemExamples(items)).toEqual([
    { key: "ask_owner", values: { name: "Mina" }, language: "en" },
    { key: "ask_decided", values: { date: "2026-03-11" }, language: "en" },
    { key: "ask_metric", values: { what: "crash free" }, language: "en" },
    { key: "ask_question", values: { what: "Do we need consent?" }, language: "en" },
  ]);
});

test("examples are in the language of the meetings", () => {
  const items = [item("metric", { text: "P95 降到 380 毫秒", name: "P95" })];
  expect(itemExamples(items)).toEqual([{ key: "ask_metric", values: { what: "P95" }, language: "zh" }]);
});

test("nothing is asked of what is done, unnamed or long-winded", () => {
  const items = [
    item("commitment"),
    item("question", { status: "answered" }),
    item("question", { text: "and ".repeat(30), status: "open" }),
    item("question", { text: "我们".repeat(20), status: "open" }),
  ];
  expect(itemExamples(items)).toEqual([]);
});

test("what to ask next comes from the days and the people of the evidence", () => {
  expect(followUps(answer())).toEqual([
    { key: "ask_decided", values: { date: "2026-03-04" }, language: "en" },
    { key: "ask_owner", values: { name: "Mina" }, language: "en" },
  ]);
  const citations = [citation(1, { date: "2026-03-11", speaker: null }), citation(2, { speaker: null })];
  expect(followUps(answer({ citations }))).toEqual([
    { key: "ask_changed", values: { first: "2026-03-04", last: "2026-03-11" }, language: "en" },
  ]);
  expect(followUps(answer({ abstained: true }))).toEqual([]);
  expect(followUps(answer({ citations: [] }))).toEqual([]);
});

test("a text with Chinese in it is Chinese", () => {
  expect([languageOf("API 什么时候上线？"), languageOf("When?")]).toEqual(["zh", "en"]);
});
