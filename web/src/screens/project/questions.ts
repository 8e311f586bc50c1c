import type { DossierClaim } from "./queries";

/** A question that a project can answer: which of its forms, and of what. */
export interface Answerable {
  form: "promised_by" | "value_of" | "changed" | "open";
  of: string;
}

const EACH = 2;

/** Questions that are built of what the sections of a dossier tell of: its people, measures and decisions. */
export function answerable(sections: readonly { key: string; claims: readonly DossierClaim[] }[]): Answerable[] {
  const claims = (key: string) => sections.find((section) => section.key === key)?.claims ?? [];
  const promising = claims("people")
    .filter(({ counted }) => (counted.commitments ?? 0) > 0)
    .sort((one, other) => (other.counted.commitments ?? 0) - (one.counted.commitments ?? 0));
  return [
    ...promising.slice(0, EACH).map(({ key }) => ({ form: "promised_by" as const, of: nameIn(key) })),
    ...claims("metrics")
      .slice(0, EACH)
      .map(({ text }) => ({ form: "value_of" as const, of: text.split(": ", 1)[0] ?? text })),
    ...(claims("decisions").length > 0 ? [{ form: "changed" as const, of: "" }] : []),
    ...(claims("questions").length > 0 ? [{ form: "open" as const, of: "" }] : []),
  ];
}

/** The name in the key of a claim of a person. */
const nameIn = (key: string) => key.slice(key.indexOf("/") + 1);
