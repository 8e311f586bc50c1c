import { expect, test } from "vitest";
import { linkedMoment } from "./linked";

test("the fragment of an exported document leads to its moment", () => {
  expect(linkedMoment("#meeting=3f9c&line=12&t=61.5")).toEqual({ meeting: "3f9c", line: 12, t: 61.5 });
  expect(linkedMoment("#meeting=3f9c")).toEqual({ meeting: "3f9c", line: undefined, t: undefined });
  expect(linkedMoment("#meeting=3f9c&line=&t=soon")).toEqual({ meeting: "3f9c", line: undefined, t: undefined });
  expect(linkedMoment("#main")).toBeNull();
});
