import type { Word } from "../../api/transcript";
import type { Span } from "./find";

/** A piece of a line: of one word or of none, inside a match or not. */
export interface Piece {
  text: string;
  /** The index of the word that it is of; -1 between words. */
  word: number;
  /** The index of the match that it is in; -1 outside of all. */
  match: number;
}

/** Where each word stands in the text, the space around it left out. Words that do not make up the text stand nowhere. */
export function placesOf(text: string, words: Word[]): Span[] {
  if (words.map((word) => word.text).join("") !== text) return [];
  let after = 0;
  return words.map((word) => {
    const from = after + word.text.length - word.text.trimStart().length;
    after += word.text.length;
    return { from, to: from + word.text.trim().length };
  });
}

/** The text cut wherever a word or a match begins or ends. */
export function pieces(text: string, words: Word[], matches: Span[]): Piece[] {
  const places = placesOf(text, words);
  const ends = [...places, ...matches].flatMap(({ from, to }) => [from, to]);
  const cuts = [...new Set([0, text.length, ...ends])].sort((one, other) => one - other);
  return cuts.slice(0, -1).map((from, index) => ({
    text: text.slice(from, cuts[index + 1]),
    word: holding(places, from),
    match: holding(matches, from),
  }));
}

function holding(spans: Span[], at: number): number {
  return spans.findIndex(({ from, to }) => from <= at && at < to);
}
