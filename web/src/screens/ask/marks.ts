const MARK = /(?<!\\)\[(\d+)\](?!\()/g;
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

/** The number of the evidence that a link leads to; null for any other link. */
export function markOf(address: string | undefined): number | null {
  const found = ADDRESS.exec(address ?? "");
  return found ? Number(found[1]) : null;
}
