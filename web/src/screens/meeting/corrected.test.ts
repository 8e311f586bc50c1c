import { expect, test } from "vitest";
import type { Transcript } from "../../api/transcript";
import { corrected } from "./corrected";
import type { Reach } from "./queries";

const transcript: Transcript = {
  id: "m1",
  project: "Atlas",
  title: "Weekly",
  date: "2026-03-04",
  language: "en",
  duration: 3,
  utterances: ["Mina", "Jon", "Mina"].map((speaker, i) => ({ i, speaker, text: `said ${i}`, start: i, end: i + 1 })),
};

test("another text stands in its line alone", () => {
  const { utterances } = corrected(transcript, { line: 1, text: " it was ", expected: "said 1" });
  expect(utterances.map(({ text }) => text)).toEqual(["said 0", "it was", "said 2"]);
});

test.each<[Reach, number, (string | null)[]]>([
  ["line", 0, ["Ann", "Jon", "Mina"]],
  ["following", 2, ["Mina", "Jon", "Ann"]],
  ["meeting", 2, ["Ann", "Jon", "Ann"]],
  ["everywhere", 0, ["Ann", "Jon", "Ann"]],
])("another speaker reaches %s", (reach, line, expected) => {
  const { utterances } = corrected(transcript, { line, speaker: "Ann", reach, expected: "Mina" });
  expect(utterances.map(({ speaker }) => speaker)).toEqual(expected);
});
