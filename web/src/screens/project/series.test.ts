import { expect, test } from "vitest";
import { matter, step } from "./sample";
import { seriesOf, withUnit } from "./series";

test("measures have the values of their steps, those told most often come first", () => {
  const metric = (id: string, values: (string | null)[]) =>
    matter({ id, kind: "metric", name: id, unit: "%", history: values.map((value) => step({ value })) });
  const found = seriesOf([metric("once", ["3"]), metric("never", [null]), metric("twice", ["97.5", null, "98.9"])]);
  expect(found.map(({ name, values }) => [name, values.map(({ value }) => value)])).toEqual([
    ["twice", [97.5, 98.9]],
    ["once", [3]],
  ]);
});

test.each([
  [98.9, "%", "en", "98.9%"],
  [1.9, "seconds", "en", "1.9 seconds"],
  [340, "毫秒", "zh", "340毫秒"],
  [18000, "$", "en", "$18,000"],
  [13, "", "en", "13"],
])("%s %s in %s is written %s", (value, unit, language, written) => {
  expect(withUnit(value, unit, language)).toBe(written);
});
