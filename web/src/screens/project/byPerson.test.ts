import { expect, test } from "vitest";
import { byPerson } from "./byPerson";
import { matter } from "./sample";

test("promises stand person by person, by day, and nobody's come last", () => {
  const found = byPerson(
    [
      matter({ id: "a", owner: null }),
      matter({ id: "b", owner: "Tess", due: null }),
      matter({ id: "c", owner: "Tess", due: "2026-03-20" }),
      matter({ id: "d", owner: "Tess", due: "2026-03-02", status: "done" }),
      matter({ id: "e", owner: "Mina", due: "2026-03-02" }),
    ],
    "2026-03-10",
    "en",
  );
  expect(found.map(({ owner, matters }) => [owner, matters.map(({ id }) => id).join("")])).toEqual([
    ["Mina", "e"],
    ["Tess", "dcb"],
    [null, "a"],
  ]);
  expect(found.map(({ open, overdue }) => [open, overdue])).toEqual([
    [1, 1],
    [2, 0],
    [1, 0],
  ]);
});
