const MARK = /(?<!\\)\[(\d+)\](?!\()/g;
const ESCAPED = /\\([\\`*[\]<>])/g;
const ADDRESS = /^#evidence-(\d+)$/;

/**
 * Markdown whose marks [n] are links to the evidence n. Marks of evidence that is not there stay plain, and so does
 * what somebody said in brackets, which is escaped.
 */
export function linkMarks(markdown: string, known: readonly number[]): string {
  return markdown.replace(MARK, (mark, digits: string) =>
    known.includes(Number(digits)) ? `[${digits}](#evidence-${digits})` : `\\${mark}`,
  );
}

/** A piece of text: its words, and the number of the evidence where it is a mark. */
export interface Piece {
  words: string;
  mark: number | null;
}

/** Text that is still being written, cut into words and marks. */
export function cutAtMarks(markdown: string): Piece[] {
  return markdown
    .split(MARK)
    .map((part, at) =>
      at % 2 === 1 ? { words: `[${part}]`, mark: Number(part) } : { words: part.replace(ESCAPED, "$1"), mark: null },
    );
}

/** The number of the evidence that a link leads to; null for any other link. */
export function markOf(address: string | undefined): number | null {
  const found = ADDRESS.exec(address ?? "");
  return found ? Number(found[1]) : null;
}
