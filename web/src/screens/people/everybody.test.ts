import { expect, test } from "vitest";
import { everybody } from "./everybody";

test("everybody stands there once: those known by voice first, each with the side that is known; a number is nobody", () => {
  const mina = { id: "1", project: "Atlas", name: "Mina", voiceprints: [] };
  const jon = { id: "2", project: "Atlas", name: "Jon", voiceprints: [] };
  const found = everybody(
    [mina, jon],
    [
      { name: "Ann", side: "customer" },
      { name: "Mina", side: "team" },
      { name: "Speaker 1", side: null },
    ],
  );
  expect(found).toEqual([
    { name: "Mina", side: "team", person: mina },
    { name: "Jon", side: null, person: jon },
    { name: "Ann", side: "customer", person: null },
  ]);
});
