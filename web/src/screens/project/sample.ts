import type { Evidence } from "../../evidence/EvidencePanel";
import type { DossierClaim, Matter } from "./queries";

type Step = Matter["history"][number];

/** A piece of evidence, for tests. */
export const evidence = (quote: string): Evidence & { score: number } => ({
  meeting_id: "m1",
  meeting_title: "Weekly",
  project: "Atlas",
  date: "2026-03-04",
  utterances: [1, 1],
  start: 1,
  end: 2,
  speaker: "Mina",
  quote,
  score: 0,
});

/** A step of a matter, for tests. */
export const step = (given: Partial<Step> = {}): Step => ({
  item_id: "i1",
  type: null,
  lines: [1],
  text: "I'll have it ready.",
  owner: null,
  due: null,
  value: null,
  by_hand: {},
  meeting_id: "m1",
  date: "2026-03-04",
  evidence: [evidence("I'll have it ready.")],
  ...given,
});

/** A matter, for tests. */
export const matter = (given: Partial<Matter> = {}): Matter => ({
  id: "i1",
  kind: "commitment",
  text: "I'll have it ready.",
  owner: "Mina",
  due: "2026-04-10",
  name: null,
  value: null,
  unit: null,
  status: "promised",
  confidence: 0.9,
  meeting_id: "m1",
  date: "2026-03-04",
  evidence: [evidence("I'll have it ready.")],
  by_hand: {},
  links: [],
  history: [step()],
  ...given,
});

/** A claim of a dossier, for tests. */
export const claim = (key: string, given: Partial<DossierClaim> = {}): DossierClaim => ({
  key,
  text: key,
  verdict: "supported",
  counted: {},
  evidence: [],
  ...given,
});
