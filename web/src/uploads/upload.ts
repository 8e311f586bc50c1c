import type { UnreachableError } from "../api/client";
import { ProblemError } from "../api/client";
import { type Pace, paced } from "./pace";

/**
 * A file to upload, where it goes, and what is said of it; the server finds out what is not. `onDone` is called once the
 * server has it; `recording` is what it was made of.
 */
export interface Wish {
  file: File;
  project: string;
  date?: string;
  language?: string;
  recording?: string | null;
  onDone?: () => void;
}

/** The file on the disk is not the one that was chosen any more. */
export class FileChangedError extends Error {
  constructor(cause: unknown) {
    super("file changed", { cause });
    this.name = "FileChangedError";
  }
}

export type UploadError = ProblemError | UnreachableError | FileChangedError;

/**
 * Where an upload stands. `waiting` has its turn later, `interrupted` goes on by itself at `retryAt` (ms), `refused`
 * does not.
 */
export type UploadState = "waiting" | "sending" | "interrupted" | "paused" | "refused" | "done";

/** The ids of the meetings that a file led to, and of those among them that the project had already. */
export interface Taken {
  meetings: readonly string[];
  duplicates: readonly string[];
}

/** One file of the queue, as it is shown. */
export interface Upload extends Taken {
  id: string;
  recording: string | null;
  name: string;
  size: number;
  project: string;
  state: UploadState;
  sent: number;
  pace: Pace | null;
  attempt: number;
  retryAt: number | null;
  error: UploadError | null;
}

/** What happens to an upload. */
export type Happening =
  | { type: "started" }
  | { type: "progressed"; sent: number; at: number }
  | { type: "interrupted"; error: UploadError; retryAt: number }
  | { type: "refused"; error: UploadError }
  | { type: "paused" }
  | { type: "wanted" }
  | ({ type: "done" } & Taken);

/** An upload that waits for its turn. */
export function newUpload(id: string, { file, project, recording = null }: Wish): Upload {
  return {
    id,
    recording,
    name: file.name,
    size: file.size,
    project,
    state: "waiting",
    sent: 0,
    pace: null,
    attempt: 0,
    retryAt: null,
    error: null,
    meetings: [],
    duplicates: [],
  };
}

/** The upload after something happened to it. */
export function after(upload: Upload, happening: Happening): Upload {
  switch (happening.type) {
    case "started":
      return { ...upload, state: "sending", pace: null, retryAt: null };
    case "progressed":
      return {
        ...upload,
        sent: happening.sent,
        pace: paced(upload.pace, happening.sent, happening.at),
        attempt: happening.sent > upload.sent ? 0 : upload.attempt,
        error: null,
      };
    case "interrupted":
      return {
        ...upload,
        state: "interrupted",
        attempt: upload.attempt + 1,
        error: happening.error,
        retryAt: happening.retryAt,
      };
    case "refused":
      return { ...upload, state: "refused", error: happening.error, retryAt: null };
    case "paused":
      return { ...upload, state: "paused", error: null, retryAt: null };
    case "wanted":
      return { ...upload, state: "waiting", attempt: 0, error: null, retryAt: null };
    case "done":
      return {
        ...upload,
        state: "done",
        sent: upload.size,
        error: null,
        meetings: happening.meetings,
        duplicates: happening.duplicates,
      };
  }
}

const LONGEST_DELAY_MS = 30_000;
const PASSING = new Set([408, 423, 425, 429, 500, 502, 503, 504]);

/** How long to wait before an attempt: from one second, doubling, to thirty. */
export const delayBefore = (attempt: number) => Math.min(1000 * 2 ** attempt, LONGEST_DELAY_MS);

/** Whether an error may pass by itself. */
export function mayPass(error: UploadError): boolean {
  return error instanceof ProblemError ? PASSING.has(error.status) : !(error instanceof FileChangedError);
}

/** Whether an upload still has something to do, by itself or when it is told. */
export const isOpen = ({ state }: Upload) => state !== "done" && state !== "refused";

/** Whether leaving the page would break an upload off. */
export const isUnderWay = (upload: Upload) => isOpen(upload) && upload.state !== "paused";
