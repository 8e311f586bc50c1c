import { expect, test } from "vitest";
import { farOff, isOverdue } from "./due";

test.each([
  ["2026-03-10", "today"],
  ["2026-03-11", "tomorrow"],
  ["2026-03-07", "3 days ago"],
  ["2026-03-31", "in 3 weeks"],
  ["2025-12-31", "2 months ago"],
  ["2028-03-31", "in 2 years"],
])("on 10 March, %s is %s", (date, words) => {
  expect(farOff(date, "2026-03-10", "en")).toBe(words);
});

test("how far off a day is is said in Chinese, too", () => {
  expect(farOff("2026-03-13", "2026-03-10", "zh")).toBe("3天后");
});

test("what is past its day is overdue unless it is done", () => {
  const on = (due: string | null, status: "promised" | "done") => isOverdue({ due, status }, "2026-03-10");
  expect(on("2026-03-09", "promised")).toBe(true);
  expect(on("2026-03-10", "promised")).toBe(false);
  expect(on("2026-03-09", "done")).toBe(false);
  expect(on(null, "promised")).toBe(false);
});
