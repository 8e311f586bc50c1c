/** A passage that a search found: its lines with the speakers before them and without, and the numbers of its lines. */
export interface Passage {
  text: string;
  quote: string;
  utterances: readonly number[];
  best: readonly number[];
}

const ASKING = /^(?:ask|问|提问)\s*[:：]\s*/i;
const HAN = /\p{Script=Han}/u;

/** Whether every word of a query stands in a text; any text has the empty query. */
export function matches(text: string, query: string): boolean {
  const within = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => within.includes(word));
}

/** The question of a text that begins with "ask:"; null for any other. */
export function questionOf(text: string): string | null {
  const question = text.trimStart().replace(ASKING, "");
  return question === text.trimStart() ? null : question.trim();
}

/** A line of a found passage: who said it, the words, and its number in the meeting. */
export interface FoundLine {
  speaker: string | null;
  text: string;
  index: number;
}

/** The line of a found passage that shares most terms with the query; the first of the best ones where none does. */
export function bestLine({ text, quote, utterances, best }: Passage, query: string): FoundLine {
  const wanted = terms(query);
  const [first = 0] = utterances;
  const [likely = first] = best;
  const spoken = quote.split("\n");
  const lines = text.split("\n").map((line, at) => ({ ...parted(line, spoken[at]), index: first + at }));
  const shared = (line: FoundLine) => wanted.filter((term) => line.text.toLowerCase().includes(term)).length;
  const most = Math.max(...lines.map(shared));
  const chosen = most > 0 ? lines.find((line) => shared(line) === most) : lines[likely - first];
  return chosen ?? { speaker: null, text: quote, index: likely };
}

/** A line "speaker: words" in its parts. */
function parted(line: string, words: string | undefined): Pick<FoundLine, "speaker" | "text"> {
  if (words === undefined || !line.endsWith(words)) return { speaker: null, text: line };
  return { speaker: line.slice(0, line.length - words.length).replace(/:\s*$/, "") || null, text: words };
}

/** The words of a text; of Chinese, which has no spaces, each two characters that follow each other. */
function terms(text: string): string[] {
  const words = text.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) =>
    HAN.test(word) && word.length > 2
      ? Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))
      : [word],
  );
}
