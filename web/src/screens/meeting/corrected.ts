import type { Transcript, Utterance } from "../../api/transcript";
import type { Reach } from "./queries";

/** Another text for a line, or another speaker, as far as it reaches; `expected` is what was seen. */
export type Correction = { line: number; expected: string } & (
  | { text: string; speaker?: never; reach?: never }
  | { speaker: string | null; reach: Reach; text?: never }
);

/** A transcript as it will be once a correction is saved. */
export function corrected(transcript: Transcript, correction: Correction): Transcript {
  const speaker = transcript.utterances.find(({ i }) => i === correction.line)?.speaker ?? null;
  const change = (one: Utterance): Utterance => {
    if (correction.text !== undefined)
      return one.i === correction.line ? { ...one, text: correction.text.trim() } : one;
    return isReached(one, speaker, correction) ? { ...one, speaker: correction.speaker } : one;
  };
  return { ...transcript, utterances: transcript.utterances.map(change) };
}

function isReached(one: Utterance, speaker: string | null, { line, reach }: Correction): boolean {
  if (reach === "line") return one.i === line;
  return one.speaker === speaker && (reach !== "following" || one.i >= line);
}
