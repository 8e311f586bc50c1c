import { expect, test } from "vitest";
import { speakerColours } from "./speakerColours";

test("everybody has a colour of their own, in the order in which they first speak; nobody known is apart", () => {
  const colours = speakerColours(["Mina", null, "Jon", "Mina"]);
  expect([...colours.keys()]).toEqual([null, "Mina", "Jon"]);
  expect(new Set(colours.values()).size).toBe(3);
});

test("when one is renamed or joins, all others keep their colours", () => {
  const before = speakerColours(["Speaker 1", "Speaker 2", "Speaker 3"]);
  const renamed = speakerColours(["Speaker 1", "Mina", "Speaker 3"], before);
  expect(renamed.get("Mina")).toBe(before.get("Speaker 2"));
  const joined = speakerColours(["Ann", "Speaker 1", "Mina", "Speaker 3"], renamed);
  expect([joined.get("Speaker 1"), joined.get("Mina")]).toEqual([renamed.get("Speaker 1"), renamed.get("Mina")]);
  expect([...renamed.values()]).not.toContain(joined.get("Ann"));
});

test("where there are more people than colours, everybody still has one", () => {
  const names = Array.from({ length: 14 }, (_, at) => `Speaker ${at + 1}`);
  expect([...speakerColours(names).values()].every((colour) => colour.startsWith("light-dark("))).toBe(true);
});
