import type { DetailedError, Upload } from "tus-js-client";
import { inOurLanguage, ProblemError, problemOf, UnreachableError } from "../api/client";
import { localInstant } from "./instant";
import type { Transfer, TransferEvents } from "./queue";
import { discardUpload, findUnfinished, isThere, RESUMABLE } from "./unfinished";
import { FileChangedError, type UploadError, type Wish } from "./upload";

/** The bytes of one request. Servers in between may refuse longer ones, and hold back what they pass on. */
const CHUNK_BYTES = 64 * 1024 * 1024;

/** The headers in which the last answer names the meetings that an upload led to, and those that were there before. */
const MEETINGS = "Huimai-Meetings";
const DUPLICATES = "Huimai-Duplicates";

const GONE = new Set([404, 410]);
const CONFLICT = 409;

/** Sends a file by the tus protocol. It is read piece by piece from the disk. */
export class TusTransfer implements Transfer {
  private upload: Upload | null = null;
  private url: string | null = null;
  private hasLooked = false;
  private run = 0;

  constructor(
    private readonly wish: Wish,
    private readonly events: TransferEvents,
  ) {}

  start(): void {
    const run = ++this.run;
    this.send(run).catch((cause: unknown) => this.fail(run, wordable(cause)));
  }

  stop(): void {
    this.run++;
    void this.upload?.abort();
    this.upload = null;
  }

  discard(): void {
    this.stop();
    // what the server is not told of it forgets by itself in time
    if (this.url !== null) discardUpload(this.url).catch(() => undefined);
  }

  private async send(run: number): Promise<void> {
    const tus = await import("tus-js-client");
    if (!this.hasLooked) {
      this.url = await findUnfinished(this.wish);
      this.hasLooked = true;
    }
    if (run !== this.run) return;
    const { file, project, date, language } = this.wish;
    const upload = new tus.Upload(file, {
      // given both, the library would begin anew whenever the server cannot say where it stands for a moment
      ...(this.url === null ? { endpoint: RESUMABLE } : { uploadUrl: this.url }),
      metadata: {
        filename: file.name,
        project,
        modified: localInstant(new Date(file.lastModified)),
        ...(date !== undefined && { date }),
        ...(language !== undefined && { language }),
      },
      headers: inOurLanguage(),
      chunkSize: CHUNK_BYTES,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        this.url = upload.url;
      },
      onProgress: (sent) => run === this.run && this.events.progressed(sent),
      onSuccess: ({ lastResponse }) => {
        const ids = (header: string) => lastResponse.getHeader(header)?.split(/,\s*/).filter(Boolean) ?? [];
        if (run === this.run) this.events.done({ meetings: ids(MEETINGS), duplicates: ids(DUPLICATES) });
      },
      onError: (error) => void this.broke(run, error),
    });
    this.upload = upload;
    upload.start();
  }

  private async broke(run: number, error: Error | DetailedError): Promise<void> {
    const answer = "originalResponse" in error ? error.originalResponse : null;
    if (answer === null) return this.fail(run, (await changed(this.wish.file)) ?? new UnreachableError(error));
    const problem = await problemOf(new Response(answer.getBody(), { status: answer.getStatus() }));
    if (run !== this.run) return;
    if (GONE.has(problem.status) && this.url !== null) {
      this.url = null;
      return this.start();
    }
    // the server and this page disagree about how much is there; what it refuses for good it has removed
    if (problem.status === CONFLICT && this.url !== null && (await isThere(this.url))) return this.start();
    // answers to HEAD have no body, and so no words
    this.fail(run, answer.getBody() === "" ? new UnreachableError(problem) : problem);
  }

  private fail(run: number, error: UploadError): void {
    if (run === this.run) this.events.failed(error);
  }
}

/** Why a file cannot be read any more; null where it can. */
async function changed(file: File): Promise<FileChangedError | null> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return null;
  } catch (cause) {
    return new FileChangedError(cause);
  }
}

const wordable = (cause: unknown): UploadError =>
  cause instanceof ProblemError || cause instanceof UnreachableError ? cause : new UnreachableError(cause);
