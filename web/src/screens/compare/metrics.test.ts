import { expect, test } from "vitest";
import { changeOf, valued } from "./metrics";

const measure = (before: string | null, after: string | null, unit = "ms") => ({ before, after, unit });

test("a change is told in the unit and in percent, with as many digits as were said", () => {
  expect(changeOf(measure("2.4", "1.9"), "en")).toEqual({ by: "-0.5", percent: "-20.8%" });
  expect(changeOf(measure("410", "480"), "en")).toEqual({ by: "+70", percent: "+17.1%" });
  expect(changeOf(measure("5", "5"), "en")).toEqual({ by: "0", percent: "0%" });
});

test("there is no percent of percents, and none of nothing", () => {
  expect(changeOf(measure("98.2", "98.6", "%"), "en")).toEqual({ by: "+0.4", percent: null });
  expect(changeOf(measure("0", "3"), "en")).toEqual({ by: "+3", percent: null });
});

test("what was not said on both sides has no change", () => {
  expect(changeOf(measure(null, "3"), "en")).toBeNull();
  expect(changeOf(measure("3", null), "en")).toBeNull();
});

test("a value is written with its unit", () => {
  expect([valued("3", "ms"), valued("98", "%"), valued("13", "")]).toEqual(["3 ms", "98%", "13"]);
});
