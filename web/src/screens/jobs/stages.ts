import type { Schemas } from "../../api/client";

export type Stage = Schemas["Stage"];

/** The steps of a job, in their order. */
export const STEPS: readonly Stage[] = ["decode", "segment", "transcribe", "diarize", "clean", "chunk", "index"];

/** Whether nothing follows a stage by itself. */
export const isEnd = (stage: Stage) => stage === "ready" || stage === "failed";
