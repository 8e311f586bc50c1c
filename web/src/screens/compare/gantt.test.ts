import { expect, test } from "vitest";
import { barsOf, scaleOf } from "./gantt";
import { commitment, step } from "./samples";

const redated = commitment([
  step("2026-03-02", { due: "2026-03-10" }),
  step("2026-03-09", { due: "2026-03-22", type: "re-dates" }),
]);
const done = commitment([step("2026-03-02", { due: "2026-03-06" }), step("2026-03-09", { type: "fulfils" })], {
  status: "done",
  due: "2026-03-06",
});
const undated = commitment([step("2026-03-04")]);

test("bars go from the promise to the due day or the end, what is open first by its day", () => {
  const told = barsOf([done, undated, redated]).map(({ promised, due, wasDue, done }) => [promised, wasDue, due, done]);
  expect(told).toEqual([
    ["2026-03-02", ["2026-03-10"], "2026-03-22", null],
    ["2026-03-04", [], null, null],
    ["2026-03-02", [], "2026-03-06", "2026-03-09"],
  ]);
});

test("the scale holds every day, and marks today only where it is near", () => {
  const bars = barsOf([redated, done]);
  const near = scaleOf(bars, "2026-03-12", "2026-03-09");
  expect(near.mark).toEqual({ day: "2026-03-12", today: true });
  expect([near.at("2026-03-02"), near.at("2026-03-12"), near.at("2026-03-22")]).toEqual([0, 50, 100]);
  expect([near.ticks[0], near.ticks.at(-1)]).toEqual(["2026-03-02", "2026-03-22"]);
  const far = scaleOf(bars, "2026-11-23", "2026-03-09");
  expect(far.mark).toEqual({ day: "2026-03-09", today: false });
  expect(far.at("2026-03-22")).toBe(100);
  expect(scaleOf(bars, "2026-04-11", "2026-03-09").at("2026-04-11")).toBe(100);
});

test("a single day is a scale too", () => {
  const scale = scaleOf(barsOf([undated]), "2026-03-04", "2026-03-04");
  expect([scale.at("2026-03-04"), scale.ticks]).toEqual([0, ["2026-03-04", "2026-03-05"]]);
});
