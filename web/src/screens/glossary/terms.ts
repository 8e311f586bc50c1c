import type { Schemas } from "../../api/client";
import type { Suggestion, Term } from "./queries";

export const KINDS = ["term", "person", "product", "company", "place"] as const;
export type Kind = (typeof KINDS)[number];

/** Whether a kind is one that the app has a word for; others are shown as they were written. */
export const isKind = (kind: string): kind is Kind => KINDS.some((one) => one === kind);

/** The aliases of a line that people write, with commas of either language between them, each once. */
export function aliasesOf(written: string): string[] {
  const found = written.split(/[,，、;；]/).map((alias) => alias.trim());
  return [...new Set(found.filter((alias) => alias !== ""))];
}

/** The terms in which a text stands, in their spelling or in an alias. */
export function matching(terms: readonly Term[], text: string): Term[] {
  const wanted = text.trim().toLowerCase();
  return terms.filter(({ canonical, aliases }) =>
    [canonical, ...aliases].some((name) => name.toLowerCase().includes(wanted)),
  );
}

/** The term that a suggestion makes: what was heard joins the aliases that there are. */
export function suggestedTerm(suggestion: Suggestion, project: string | undefined): Schemas["NewTerm"] {
  const { canonical, alias, known_aliases: known, kind } = suggestion;
  return { project, canonical, aliases: [...new Set([...known, alias])], kind: kind ?? "term" };
}
