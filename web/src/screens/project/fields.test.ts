import { expect, test } from "vitest";
import { changeOf, draftOf, EMPTY, newOf } from "./fields";
import { matter } from "./sample";

test("only what is written otherwise is changed", () => {
  const one = matter({ owner: "Mina", due: "2026-04-10" });
  expect(changeOf(one, draftOf(one))).toEqual({});
  expect(changeOf(one, { ...draftOf(one), owner: " Jon ", status: "done" })).toEqual({ owner: "Jon", status: "done" });
});

test("an emptied owner or day is said to be unknown", () => {
  const one = matter({ owner: "Mina", due: "2026-04-10" });
  expect(changeOf(one, { ...draftOf(one), owner: "", due: "" })).toEqual({ owner: null, due: null });
});

test("of a new matter only what its kind has is said, and only what is written", () => {
  const draft = { ...EMPTY, owner: " Mina ", name: "p95", value: "410" };
  expect(newOf("commitment", draft)).toEqual({ owner: "Mina" });
  expect(newOf("metric", draft)).toEqual({ name: "p95", value: "410" });
  expect(newOf("decision", draft)).toEqual({});
});
