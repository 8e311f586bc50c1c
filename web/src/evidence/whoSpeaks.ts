import type { Schemas } from "../api/client";

type Spoken = Pick<Schemas["EvidenceDocument"], "speaker" | "speakers">;

/** Everybody who is known to speak in a piece of evidence, in their order; null where nobody is. */
export function whoSpeaks({ speaker, speakers }: Spoken): string | null {
  return speakers?.join(", ") || speaker;
}
