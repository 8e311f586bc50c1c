import { expect, test } from "vitest";
import { secondsOf } from "./spans";

test("times are read as people write them", () => {
  expect(["75", "1:15", "1:02:03.5", " 0:00 "].map(secondsOf)).toEqual([75, 75, 3723.5, 0]);
});

test("what is no time is none", () => {
  expect(["", "soon", "1:", "-3", "1:2:3:4"].map(secondsOf)).toEqual([null, null, null, null, null]);
});
