import type { Comparison, Item, Link, Row } from "./queries";

type Evidence = Row["evidence_after"][number];
type Step = Item["history"][number];

/** A made-up piece of evidence, for tests. */
export function evidence(quote: string, date = "2026-03-09", speaker: string | null = "Mina"): Evidence {
  return {
    meeting_id: `m-${date}`,
    meeting_title: "Weekly",
    project: "Atlas",
    date,
    utterances: [3, 3],
    start: 75,
    end: 80,
    speaker,
    quote,
    score: 1,
  };
}

/** A made-up step in the history of a matter, for tests. */
export function step(date: string, some: Partial<Step> = {}): Step {
  const text = some.text ?? "I'll write the guide.";
  return {
    item_id: `i-${date}`,
    type: null,
    lines: [3],
    text,
    owner: null,
    due: null,
    value: null,
    by_hand: {},
    meeting_id: `m-${date}`,
    date,
    evidence: [evidence(text, date)],
    ...some,
  };
}

/** A made-up link, for tests. */
export function link(later: string, earlier: string, some: Partial<Link> = {}): Link {
  return {
    type: "re-dates",
    item_id: later,
    earlier_id: earlier,
    confidence: 0.8,
    reason: "day",
    values: ["2026-03-10", "2026-03-17"],
    confirmed: null,
    joins: true,
    ...some,
  };
}

/** A made-up commitment with its history, for tests. */
export function commitment(history: Step[], some: Partial<Item> = {}): Item {
  const [first, last] = [history[0], history.at(-1)];
  return {
    id: first?.item_id ?? "",
    kind: "commitment",
    text: first?.text ?? "",
    owner: last?.owner ?? null,
    due: last?.due ?? null,
    name: null,
    value: null,
    unit: null,
    status: "promised",
    confidence: 0.9,
    meeting_id: first?.meeting_id ?? "",
    date: first?.date ?? "",
    evidence: first?.evidence ?? [],
    by_hand: {},
    links: [],
    history,
    ...some,
  };
}

/** A made-up comparison of two days that holds what it is given, for tests. */
export function comparison(some: Partial<Comparison>): Comparison {
  const [from, to] = ["2026-03-02", "2026-03-09"].map((date) => ({
    first: date,
    last: date,
    meetings: [{ id: `m-${date}`, title: "Weekly", date }],
  }));
  if (from === undefined || to === undefined) throw new Error("two periods were made");
  return {
    project: "Atlas",
    projects: [],
    from,
    to,
    new: [],
    changed: [],
    closed: [],
    carried: [],
    dropped: [],
    conflicts: [],
    metrics: [],
    summary: [],
    left_out: 0,
    heard: null,
    notes: [],
    coverage: { in_scope: 2, searched: 2, read: 2, failed: [] },
    ...some,
  };
}

/** The row of a matter that was said before and is said now, for tests. */
export function rowOf(item: Item): Row {
  const [before, after] = [item.history[0], item.history.at(-1)];
  return {
    project: "Atlas",
    item,
    link: null,
    before: before?.text ?? null,
    after: after?.text ?? null,
    evidence_before: before?.evidence ?? [],
    evidence_after: after?.evidence ?? [],
  };
}
