import { expect, test } from "vitest";
import { type Pace, paced, secondsLeft } from "./pace";

test("the pace is known once it could be measured, and steadied after that", () => {
  let pace: Pace | null = paced(null, 0, 0);
  expect(secondsLeft(1000, pace)).toBeNull();
  pace = paced(pace, 300, 100);
  expect(pace.rate).toBeNull();
  pace = paced(pace, 1000, 1000);
  expect(pace.rate).toBe(1000);
  pace = paced(pace, 4000, 2000);
  expect(pace.rate).toBeCloseTo(1600);
  expect(secondsLeft(3200, pace)).toBeCloseTo(2);
});

test("what is sent once more counts anew, and the rate stays", () => {
  const before: Pace = { at: 1000, sent: 5000, rate: 700 };
  expect(paced(before, 2000, 1200)).toEqual({ at: 1200, sent: 2000, rate: 700 });
});

test("nothing can be told while nothing goes", () => {
  expect(secondsLeft(10, { at: 0, sent: 0, rate: 0 })).toBeNull();
});
