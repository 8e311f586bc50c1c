import { expect, test } from "vitest";
import { commitments, formerly, linksMade, outermost, unquoted } from "./rows";
import { commitment, comparison, evidence, link, rowOf, step } from "./samples";

test("a text is shown only where the quotes do not say it", () => {
  const quotes = [evidence("Um, can we settle it? Let's keep iOS 15.\nRight. Done.")];
  expect(unquoted("can we settle it? Let's keep iOS 15. Right. Done.", quotes)).toBeNull();
  expect(unquoted("We keep iOS 15.", quotes)).toBe("We keep iOS 15.");
  expect(unquoted("我写文案。 可以做到。", [evidence("我写文案。\n嗯，可以做到。")])).toBeNull();
  expect(unquoted(null, quotes)).toBeNull();
});

test("a quote that another one holds is not shown twice", () => {
  const of = (first: number, last: number, date = "2026-03-09") => ({
    ...evidence("words", date),
    utterances: [first, last],
  });
  const [short, long, other] = [of(5, 7), of(5, 8), of(6, 7, "2026-03-16")];
  expect(outermost([short, long, other])).toEqual([long, other]);
  expect(outermost([short, short])).toEqual([short]);
  expect(outermost([of(3, 5), of(5, 8)])).toHaveLength(2);
});

test("what was promised before is told, not the day that a report of its end speaks of", () => {
  const item = commitment([
    step("2026-03-02", { owner: "Tess", due: "2026-03-10" }),
    step("2026-03-09", { owner: "Tess", due: "2026-03-17", type: "re-dates" }),
    step("2026-03-11", { owner: "Marcus", due: "2026-03-17", type: "hands-over" }),
    step("2026-03-16", { owner: "Marcus", due: "2026-03-12", type: "fulfils" }),
  ]);
  const now = { ...item, owner: "Marcus", due: "2026-03-17" };
  expect(formerly(now, "due")).toEqual(["2026-03-10"]);
  expect(formerly(now, "owner")).toEqual(["Tess"]);
});

test("only links that the later period makes are asked about, told apart where there are several", () => {
  const history = [
    step("2026-03-02", { text: "first" }),
    step("2026-03-04", { text: "second" }),
    step("2026-03-09", { text: "third" }),
  ];
  const old = link("i-2026-03-04", "i-2026-03-02");
  const [one, other] = [link("i-2026-03-09", "i-2026-03-04"), link("i-2026-03-09", "i-2026-03-02")];
  const made = (links: (typeof one)[]) => linksMade(commitment(history, { links }), "2026-03-09");
  expect(made([old, one])).toEqual([{ link: one, sides: null }]);
  expect(made([old, one, other]).map(({ sides }) => sides)).toEqual([
    ["second", "third"],
    ["first", "third"],
  ]);
});

test("a commitment counts once, whatever part it stands in", () => {
  const item = commitment([step("2026-03-02")]);
  const decision = commitment([step("2026-03-04")], { kind: "decision" });
  const found = comparison({ changed: [rowOf(item)], carried: [rowOf(item), rowOf(decision)] });
  expect(commitments(found)).toEqual([item]);
});
