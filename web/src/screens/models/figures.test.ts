import { expect, test } from "vitest";
import { bytes, lastMonths, money, moneys, standing } from "./figures";

test("small amounts keep the digits that matter, and currencies are not added up", () => {
  expect(money({ amount: 12.5, currency: "USD" }, "en")).toBe("$12.50");
  expect(money({ amount: 0.0042, currency: "USD" }, "en")).toBe("$0.0042");
  expect(
    moneys(
      [
        { amount: 1, currency: "USD" },
        { amount: 2, currency: "EUR" },
      ],
      "en",
    ),
  ).toBe("$1.00 + €2.00");
});

test("sizes are in the unit that suits them", () => {
  expect(bytes(147_882_941, "en")).toBe("148 MB");
  expect(bytes(1_540_000_000, "en")).toBe("1.5 GB");
  expect(bytes(0, "en")).toBe("0 byte");
});

test("months go back across the year, by UTC", () => {
  expect(lastMonths(new Date("2026-02-01T00:30:00Z"), 3)).toEqual(["2026-02", "2026-01", "2025-12"]);
});

test("a budget is near its limit from the share that warns, and used up from the whole", () => {
  const of = (spent: number, under_way = 0, budget = 100) => standing({ budget, spent, under_way }, 0.8);
  expect(of(79)).toEqual({ share: 0.79, state: "fine" });
  expect(of(70, 10)).toEqual({ share: 0.8, state: "near" });
  expect(of(120)).toEqual({ share: 1, state: "over" });
  expect(of(0, 0, 0)).toEqual({ share: 1, state: "over" });
});
