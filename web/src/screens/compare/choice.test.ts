import { expect, test } from "vitest";
import { askedOf, type By, before, choiceOf, daysOf, newest, periods, weekOf, withLater } from "./choice";

const held = (id: string, date: string) => ({ id, title: id, date });
const meetings = [held("a", "2026-03-02"), held("b", "2026-03-04"), held("c", "2026-03-16"), held("d", "2026-03-16")];

test("weeks are those of ISO, around the turn of a year too", () => {
  expect(weekOf("2026-03-09")).toBe("2026-W11");
  expect(weekOf("2027-01-03")).toBe("2026-W53");
  expect(weekOf("2024-12-30")).toBe("2025-W01");
  expect(daysOf("2026-W11")).toEqual(["2026-03-09", "2026-03-15"]);
  expect(daysOf("2026-03-09")).toBeNull();
  expect(before("2026-W01")).toBe("2025-W52");
});

test("a month ends on its last day, and has another before it", () => {
  expect(daysOf("2028-02")).toEqual(["2028-02-01", "2028-02-29"]);
  expect(daysOf("2026-12")).toEqual(["2026-12-01", "2026-12-31"]);
  expect(before("2026-01")).toBe("2025-12");
});

test("periods are made of the days, the weeks and the months that have meetings, the newest first", () => {
  const told = (by: By) =>
    periods(by, meetings).map(({ value, meetings }) => [value, meetings.map(({ id }) => id).join()]);
  expect(told("meeting")).toEqual([
    ["2026-03-16", "c,d"],
    ["2026-03-04", "b"],
    ["2026-03-02", "a"],
  ]);
  expect(told("week")).toEqual([
    ["2026-W12", "c,d"],
    ["2026-W10", "a,b"],
  ]);
  expect(told("month")).toEqual([["2026-03", "a,b,c,d"]]);
});

test("the newest pair needs two days, and one week or month", () => {
  expect(newest("meeting", meetings)).toEqual({ by: "meeting", from: "2026-03-04", to: "2026-03-16" });
  expect(newest("meeting", meetings.slice(2))).toBeNull();
  expect(newest("week", meetings.slice(2))).toEqual({ by: "week", from: "2026-W11", to: "2026-W12" });
  expect(newest("week", [])).toBeNull();
  expect(newest("month", meetings)).toEqual({ by: "month", from: "2026-02", to: "2026-03" });
});

test("an address is read as days, weeks or months, and written back as it was", () => {
  expect(choiceOf({ week: "2026-W12" }, meetings)).toEqual({ by: "week", from: "2026-W11", to: "2026-W12" });
  expect(choiceOf({ from: "a", to: "c" }, meetings)).toEqual({ by: "meeting", from: "2026-03-02", to: "2026-03-16" });
  expect(choiceOf({ from: "c", to: "a" }, meetings)).toEqual(choiceOf({ from: "a", to: "c" }, meetings));
  expect(choiceOf({}, meetings)).toEqual(newest("meeting", meetings));
  for (const asked of [
    { week: "2026-W12" },
    { from: "2026-W10", to: "2026-W12" },
    { from: "2026-02", to: "2026-03" },
    { from: "2026-03-02", to: "2026-03-04" },
  ]) {
    const choice = choiceOf(asked, meetings);
    expect(choice && askedOf(choice)).toEqual(asked);
  }
});

test("the earlier period stays earlier when the later one changes", () => {
  const choice = { by: "meeting", from: "2026-03-04", to: "2026-03-16" } as const;
  expect(withLater(choice, "2026-03-04", meetings)).toEqual({ by: "meeting", from: "2026-03-02", to: "2026-03-04" });
  expect(withLater({ ...choice, from: "2026-03-02" }, "2026-03-04", meetings).from).toBe("2026-03-02");
});
