import { expect, test } from "vitest";
import type { Utterance } from "../../api/transcript";
import { lanePath, lanesOf, lengthOf, owners } from "./lanes";

const said = (speaker: string | null, start: number | null, end: number | null): Utterance => ({
  i: 0,
  speaker,
  text: "words",
  start,
  end,
});

test("everybody has a lane, those who speak most first, and touching lines are one stretch", () => {
  const lanes = lanesOf([said("Ann", 0, 10), said("Mina", 10, 50), said("Mina", 50, 60), said("Ann", 60, 65)], 100);
  expect(lanes).toEqual([
    { speaker: "Mina", seconds: 50, stretches: [[10, 60]] },
    {
      speaker: "Ann",
      seconds: 15,
      stretches: [
        [0, 10],
        [60, 65],
      ],
    },
  ]);
});

test("a line without an end lasts until the next one, lines without a time are in no lane", () => {
  const lanes = lanesOf([said(null, 0, null), said("Ann", 30, null), said("Ann", null, null)], 100);
  expect(lanes.map(({ speaker, seconds }) => [speaker, seconds])).toEqual([
    ["Ann", 70],
    [null, 30],
  ]);
});

test("the length is that of the recording, else of the lines", () => {
  expect(lengthOf([said("Ann", 0, 12)], 90)).toBe(90);
  expect(lengthOf([said("Ann", 0, 12), said("Ann", 15, null)], null)).toBe(15);
  expect(lengthOf([said("Ann", null, null)], null)).toBe(0);
});

test("a lane is drawn to scale, its shortest stretch still seen", () => {
  const [lane] = lanesOf([said("Ann", 0, 0.01), said("Ann", 50, 75)], 100);
  if (lane === undefined) throw new Error("no lane");
  expect(lanePath(lane, 100)).toBe("M0.00 0h1.00v1h-1.00zM500.00 0h250.00v1h-250.00z");
});

test("parts of the recording belong to who speaks in them", () => {
  const lanes = lanesOf([said("Mina", 0, 49), said("Ann", 80, 99)], 100);
  expect(owners(lanes, 100, 5)).toEqual([0, 0, 0, -1, 1]);
});
