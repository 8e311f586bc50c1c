import type { DossierChanges, DossierClaim } from "./queries";
import { SECTIONS } from "./sections";

/** What changed in one section of a dossier. */
export interface SectionChanges {
  key: string;
  added: DossierClaim[];
  changed: DossierChanges["changed"];
  gone: DossierClaim[];
}

/** A stretch of a text: whether the one that it is compared with says the same. */
export interface Stretch {
  text: string;
  same: boolean;
}

/** The key of the section that a claim is of. */
export const sectionOf = (claim: Pick<DossierClaim, "key">) => claim.key.split("/", 1)[0] ?? "";

/** Changes section by section; sections in which nothing changed are left out. */
export function bySection(changes: Pick<DossierChanges, "new" | "changed" | "gone">): SectionChanges[] {
  return SECTIONS.map((key) => ({
    key,
    added: changes.new.filter((claim) => sectionOf(claim) === key),
    changed: changes.changed.filter(({ after }) => sectionOf(after) === key),
    gone: changes.gone.filter((claim) => sectionOf(claim) === key),
  })).filter(({ added, changed, gone }) => added.length + changed.length + gone.length > 0);
}

/** Two texts beside each other, with what only one of them says told apart; texts that share little are left whole. */
export function compared(before: string, after: string, language: string): { before: Stretch[]; after: Stretch[] } {
  const [was, now] = [wordsOf(before, language), wordsOf(after, language)];
  const kept = keptWords(was, now);
  if (2 * lettersOf(kept.map(([left]) => was[left] ?? "")) < Math.max(lettersOf(was), lettersOf(now))) {
    return { before: [{ text: before, same: true }], after: [{ text: after, same: true }] };
  }
  return {
    before: stretches(was, new Set(kept.map(([left]) => left))),
    after: stretches(now, new Set(kept.map(([, right]) => right))),
  };
}

function wordsOf(text: string, language: string): string[] {
  return [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].map(({ segment }) => segment);
}

const isWord = (text: string) => /[\p{L}\p{N}]/u.test(text);
const lettersOf = (words: readonly string[]) => words.filter(isWord).join("").length;

/** The words as stretches of what the other text says, too, and what it does not. */
function stretches(words: readonly string[], kept: ReadonlySet<number>): Stretch[] {
  const found: Stretch[] = [];
  words.forEach((text, at) => {
    // a space or a comma between two new words is as new as they are
    const same = kept.has(at) && (isWord(text) || kept.has(at - 1) || kept.has(at + 1));
    const last = found.at(-1);
    if (last?.same === same) last.text += text;
    else found.push({ text, same });
  });
  return found;
}

/** The longest run of words that both texts say in this order, as places in the one and in the other. */
function keptWords(was: readonly string[], now: readonly string[]): [number, number][] {
  const common = commonLengths(was, now);
  const found: [number, number][] = [];
  let [left, right] = [0, 0];
  while (left < was.length && right < now.length) {
    if (was[left] === now[right]) found.push([left++, right++]);
    else if (at(common, left + 1, right) >= at(common, left, right + 1)) left += 1;
    else right += 1;
  }
  return found;
}

const at = (table: readonly (readonly number[])[], row: number, column: number) => table[row]?.[column] ?? 0;

/** How many words the rests of two texts have in common, by where the rests begin. */
function commonLengths(was: readonly string[], now: readonly string[]): number[][] {
  const table: number[][] = [];
  for (let left = was.length - 1; left >= 0; left -= 1) {
    const row: number[] = [];
    for (let right = now.length - 1; right >= 0; right -= 1) {
      row[right] =
        was[left] === now[right]
          ? 1 + at(table, left + 1, right + 1)
          : Math.max(at(table, left + 1, right), row[right + 1] ?? 0);
    }
    table[left] = row;
  }
  return table;
}
