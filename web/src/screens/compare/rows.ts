import type { Evidence } from "../../evidence/EvidencePanel";
import type { Comparison, Item, Link, Row } from "./queries";

/** The parts of a comparison, in the order in which they are shown. */
export const SECTIONS = ["changed", "new", "closed", "dropped", "conflicts", "carried"] as const;
export type Section = (typeof SECTIONS)[number];

/** The text where the quotes do not say it already, as when a person has written it; null where they do. */
export function unquoted(text: string | null, evidence: readonly Evidence[]): string | null {
  if (text === null) return null;
  const quoted = letters(evidence.map(({ quote }) => quote).join(" "));
  const sentences = text.split(/[.。!！?？\n]+/).map(letters);
  return sentences.every((sentence) => quoted.includes(sentence)) ? null : text;
}

/** The quotes without those that lie within another one. */
export function outermost(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter((one, at) => !evidence.some((other, place) => place !== at && holds(other, one, place < at)));
}

/** Whether a quote holds another; the same lines only where it comes first. */
function holds(outer: Evidence, inner: Evidence, comesFirst: boolean): boolean {
  const [first = 0, last = 0] = outer.utterances;
  const [from = 0, to = 0] = inner.utterances;
  const isSame = first === from && last === to;
  return outer.meeting_id === inner.meeting_id && first <= from && to <= last && (comesFirst || !isSame);
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** What a later meeting does to a promise that leaves it one: it says it in other words, or gives it a day or an owner. */
const CHANGES: ReadonlySet<string | null> = new Set(["refines", "reverses", "re-dates", "hands-over"]);

/** The owners or the due days that were promised besides the one that holds now, the oldest first. */
export function formerly(item: Item, field: "owner" | "due"): string[] {
  const promised = item.history.filter(({ type }) => type === null || CHANGES.has(type));
  const said = promised.flatMap((step) => step[field] ?? []);
  return [...new Set(said)].filter((value) => value !== item[field]);
}

/** A link that the later period makes; where there are several, what was said on its two sides tells them apart. */
export interface Made {
  link: Link;
  sides: [earlier: string, later: string] | null;
}

/** What can be judged of a row: the links of a matter that are made from a day on, or that which says that two conflict. */
export function judgeable({ item, link }: Row, since: string): Made[] {
  if (item !== null) return linksMade(item, since);
  return link === null ? [] : [{ link, sides: null }];
}

/** The links of a matter that are made from a day on. */
export function linksMade(item: Item, since: string): Made[] {
  const said = new Map(item.history.map((step) => [step.item_id, step]));
  const made = item.links.filter((link) => (said.get(link.item_id)?.date ?? since) >= since);
  const text = (id: string) => said.get(id)?.text ?? "…";
  return made.map((link) => ({ link, sides: made.length > 1 ? [text(link.earlier_id), text(link.item_id)] : null }));
}

/** The commitments that stand in a comparison, each once. */
export function commitments(comparison: Comparison): Item[] {
  const rows: Row[] = SECTIONS.flatMap((section) => comparison[section]);
  const found = rows.flatMap(({ item }) => (item?.kind === "commitment" ? [item] : []));
  return [...new Map(found.map((item) => [item.id, item])).values()];
}
