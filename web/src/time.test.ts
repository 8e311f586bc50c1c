import { expect, test } from "vitest";
import { clock, day, lasting, monthName, shortDay } from "./time";

test.each([
  [0, "0:00"],
  [61.9, "1:01"],
  [3600, "1:00:00"],
  [-3, "0:00"],
])("%s seconds are %s on the clock", (seconds, shown) => {
  expect(clock(seconds)).toBe(shown);
});

test("a day is written in the language, and never moves to the day before", () => {
  expect(day("2026-03-02", "zh")).toBe("2026年3月2日");
  expect(day("2026-03-02T10:00:00", "en")).toBe("Mar 2, 2026");
  expect(day("soon", "en")).toBe("soon");
});

test("a short day is the same day everywhere", () => {
  expect(shortDay("2026-03-02", "zh")).toBe("3月2日");
  expect(shortDay(Date.UTC(2026, 2, 2), "en")).toBe("Mar 2");
});

test("months are written as people of a language do", () => {
  expect(monthName("2026-03", "en")).toBe("March 2026");
  expect(monthName("2026-03-01", "zh")).toBe("2026年3月");
});

test("lengths are rough", () => {
  expect([lasting(42, "en"), lasting(185, "en"), lasting(4800, "en"), lasting(7200, "zh")]).toEqual([
    "42 sec",
    "3 min",
    "1 hr 20 min",
    "2小时",
  ]);
});
