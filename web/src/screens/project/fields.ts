import type { Schemas } from "../../api/client";
import type { Matter, MatterKind } from "./queries";

/** What of a matter a person can say. */
const FIELDS = ["kind", "lines", "text", "owner", "due", "name", "value", "unit", "status"] as const;

export type Field = (typeof FIELDS)[number];
export const isField = (name: string): name is Field => FIELDS.some((field) => field === name);

/** What a person can say that something is. */
export const KINDS = ["decision", "commitment", "question", "risk", "metric"] as const satisfies MatterKind[];

export type SayableKind = (typeof KINDS)[number];

/** The kind of this name; nothing where a person cannot say so. */
export const kindFrom = (name: string) => KINDS.find((kind) => kind === name);

/** How a person may say that a matter of a kind stands. */
const STATUSES = {
  commitment: ["in_progress", "done"],
  question: ["answered"],
  risk: ["growing", "resolved"],
} as const;

/** How a person may say that a matter stands; nothing where the kind has no such thing. */
export function statusesOf(kind: MatterKind) {
  return kind === "commitment" || kind === "question" || kind === "risk" ? STATUSES[kind] : [];
}

/** A form for a matter, as it is written: empty where nothing is known. `status` is empty where it stays. */
export interface Draft {
  text: string;
  owner: string;
  due: string;
  name: string;
  value: string;
  unit: string;
  status: string;
}

/** A form in which nothing is written yet. */
export const EMPTY: Draft = { text: "", owner: "", due: "", name: "", value: "", unit: "", status: "" };

const OWN_FIELDS = { commitment: ["text", "owner", "due"], metric: ["text", "name", "value", "unit"] } as const;

/** What a form says of a matter that is yet to be added; what is left empty is not said. */
export function newOf(kind: MatterKind, draft: Draft): Omit<Schemas["NewItem"], "meeting_id" | "kind" | "lines"> {
  const fields = kind === "commitment" || kind === "metric" ? OWN_FIELDS[kind] : (["text"] as const);
  const written = fields.map((field) => [field, draft[field].trim()] as const);
  return Object.fromEntries(written.filter(([, said]) => said !== ""));
}

/** The form of a matter as it stands. */
export const draftOf = (matter: Matter): Draft => ({
  text: matter.text,
  owner: matter.owner ?? "",
  due: matter.due ?? "",
  name: matter.name ?? "",
  value: matter.value ?? "",
  unit: matter.unit ?? "",
  status: "",
});

/** What a form says otherwise than the matter does. An emptied owner or day is said to be unknown. */
export function changeOf(matter: Matter, draft: Draft): Schemas["ItemChange"] {
  const before = draftOf(matter);
  const change: Schemas["ItemChange"] = {};
  for (const field of ["text", "owner", "due", "name", "value", "unit", "status"] as const) {
    const written = draft[field].trim();
    if (written !== before[field])
      change[field] = written === "" && (field === "owner" || field === "due") ? null : written;
  }
  return change;
}
