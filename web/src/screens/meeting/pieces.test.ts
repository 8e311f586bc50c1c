import { expect, test } from "vitest";
import { pieces, placesOf } from "./pieces";

const word = (text: string) => ({ text, start: 0, end: 1, probability: 1 });
const short = (text: string, words: string[], matches: { from: number; to: number }[] = []) =>
  pieces(text, words.map(word), matches).map((piece) => [piece.text, piece.word, piece.match]);

test("words stand in the text one after the other, without the space around them", () => {
  expect(short("We ship, soon.", ["We ", "ship,", " soon."])).toEqual([
    ["We", 0, -1],
    [" ", -1, -1],
    ["ship,", 1, -1],
    [" ", -1, -1],
    ["soon.", 2, -1],
  ]);
  expect(short("四月上线", ["四月", "上线"])).toEqual([
    ["四月", 0, -1],
    ["上线", 1, -1],
  ]);
});

test("words that do not make up the text, since somebody has corrected it, stand nowhere", () => {
  expect(placesOf("We move to Quillgate", ["We ", "move ", "to ", "quill gate"].map(word))).toEqual([]);
});

test("a match is cut where it begins and ends, inside words too", () => {
  expect(short("shipping", ["shipping"], [{ from: 0, to: 4 }])).toEqual([
    ["ship", 0, 0],
    ["ping", 0, -1],
  ]);
});

test("a text without words and matches is one piece, an empty one none", () => {
  expect(short("四月上线", [])).toEqual([["四月上线", -1, -1]]);
  expect(short("", [])).toEqual([]);
});
