import { expect, test } from "vitest";
import { byMonth, titled } from "./months";
import { meeting } from "./sample";

test("meetings stand under their months, newest first", () => {
  const newestFirst = [
    meeting("d", "2026-03-09"),
    meeting("c", "2026-03-02"),
    meeting("b", "2026-02-27"),
    meeting("a", "2025-03-01"),
  ];
  const lines = (areAll: boolean) =>
    byMonth(newestFirst, areAll).map((row) => ("month" in row ? `${row.month} ${row.count}` : row.meeting.id));
  expect(lines(true)).toEqual(["2026-03 2", "d", "c", "2026-02 1", "b", "2025-03 1", "a"]);
  expect(lines(false)).toEqual(["2026-03 2", "d", "c", "2026-02 1", "b", "2025-03 null", "a"]);
});

test("a text finds titles that hold each of its words", () => {
  const all = [meeting("a", "2026-03-02", "Release Weekly"), meeting("b", "2026-03-02", "支付网关 周会ＡＢ")];
  expect(titled(all, " weekly  rel").map(({ id }) => id)).toEqual(["a"]);
  expect(titled(all, "周会ab").map(({ id }) => id)).toEqual(["b"]);
  expect(titled(all, "release 周会")).toEqual([]);
  expect(titled(all, "  ")).toBe(all);
});
