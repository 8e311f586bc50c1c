import { expect, test } from "vitest";
import { instant, weekdays } from "./when";

test("a week begins on Monday, in both languages", () => {
  expect(weekdays("en").map(({ name }) => name)).toEqual([
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
  ]);
  expect(weekdays("zh")[6]).toEqual({ value: "sun", name: "星期日" });
});

test("an instant is told in the zone of its readers", () => {
  expect(instant("2026-03-23T01:00:00Z", "en", "Asia/Shanghai")).toMatch(/Mar 23, 2026, 9:00\sAM/);
});
