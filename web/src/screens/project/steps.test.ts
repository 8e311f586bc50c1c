import { expect, test } from "vitest";
import type { MatterLink } from "./queries";
import { matter, step } from "./sample";
import { stepsOf, wasChanged } from "./steps";

const link = (item_id: string, joins = true): MatterLink => ({
  type: "re-dates",
  item_id,
  earlier_id: "i1",
  confidence: 0.8,
  reason: "day",
  values: [],
  confirmed: null,
  joins,
});

test("the newest step that changed something holds, what it replaced does not", () => {
  const found = stepsOf(
    matter({
      history: [
        step({ item_id: "i1" }),
        step({ item_id: "i2", type: "re-dates" }),
        step({ item_id: "i3", type: "continues" }),
      ],
      links: [link("i2"), link("i3", false)],
    }),
  );
  expect(found.map(({ step, stands, link }) => [step.item_id, stands, link?.item_id])).toEqual([
    ["i3", "along", undefined],
    ["i2", "holds", "i2"],
    ["i1", "superseded", undefined],
  ]);
});

test("saying a thing again changes nothing", () => {
  expect(wasChanged(matter({ history: [step(), step({ item_id: "i2", type: "restates" })] }))).toBe(false);
  expect(wasChanged(matter({ history: [step(), step({ item_id: "i2", type: "reverses" })] }))).toBe(true);
});
