import { claim } from "./claims";
import { type Microphone, MicrophoneError, type Trouble } from "./microphone";
import { fileOf, type Recording, type RecordingStore } from "./store";

/** A recording under way. `seconds` had passed at `since` (ms; null while paused); `isKept`: every piece is on the disk. */
export interface UnderWay {
  phase: "recording" | "paused" | "ending";
  recording: Recording;
  seconds: number;
  since: number | null;
  isKept: boolean;
}

export type RecorderState = { phase: "idle"; trouble: Trouble | null } | { phase: "asking" } | UnderWay;

/** The seconds recorded until a moment (ms). */
export const elapsed = ({ seconds, since }: UnderWay, now: number) =>
  seconds + (since === null ? 0 : Math.max(0, now - since) / 1000);

/** A recording that has ended, and its file. */
export interface Recorded {
  recording: Recording;
  file: File;
}

interface Session {
  recording: Recording;
  microphone: Microphone;
  unkept: Map<number, Blob>;
  writing: Promise<void>;
  pieces: number;
  isUnwanted: boolean;
}

/**
 * Records the microphone, whatever is shown. Each piece is on the disk before anything else is done with it. However a
 * recording ends, `recorded` gets it; it stays in the store until it is removed there.
 */
export class Recorder {
  private state: RecorderState = { phase: "idle", trouble: null };
  private session: Session | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly store: RecordingStore,
    private readonly openMicrophone: () => Promise<Microphone>,
    private readonly recorded: (recorded: Recorded) => void,
  ) {}

  subscribe = (changed: () => void) => {
    this.listeners.add(changed);
    return () => void this.listeners.delete(changed);
  };

  now = () => this.state;

  /** How loud it is now, 0..1. */
  level = () => (this.state.phase === "recording" ? (this.session?.microphone.level() ?? 0) : 0);

  async start(what: Pick<Recording, "title" | "project">): Promise<void> {
    if (this.state.phase !== "idle") return;
    this.show({ phase: "asking" });
    try {
      const microphone = await this.openMicrophone();
      const startedAt = Date.now();
      const recording = { ...what, id: `${startedAt}`, type: microphone.type, startedAt };
      this.show({ phase: "recording", recording, seconds: 0, since: startedAt, isKept: true });
      this.listen(microphone, recording);
      await this.keep(this.store.save(recording));
    } catch (error) {
      this.show({ phase: "idle", trouble: error instanceof MicrophoneError ? error.trouble : "unsupported" });
    }
  }

  pause(): void {
    if (this.state.phase !== "recording") return;
    this.session?.microphone.pause();
    this.show({ ...this.state, phase: "paused", seconds: elapsed(this.state, Date.now()), since: null });
  }

  resume(): void {
    if (this.state.phase !== "paused") return;
    this.session?.microphone.resume();
    this.show({ ...this.state, phase: "recording", since: Date.now() });
  }

  /** Name the recording under way anew. */
  async rename(title: string): Promise<void> {
    if (this.session === null || !("recording" in this.state)) return;
    const recording = { ...this.session.recording, title };
    this.session.recording = recording;
    this.show({ ...this.state, recording });
    await this.keep(this.store.save(recording));
  }

  stop(): void {
    if (this.state.phase !== "recording" && this.state.phase !== "paused") return;
    this.show({ ...this.state, phase: "ending", seconds: elapsed(this.state, Date.now()), since: null });
    this.session?.microphone.stop();
  }

  /** End the recording and throw it away. */
  discard(): void {
    if (this.session !== null) this.session.isUnwanted = true;
    this.stop();
  }

  private listen(microphone: Microphone, recording: Recording): void {
    const session: Session = {
      recording,
      microphone,
      unkept: new Map(),
      writing: Promise.resolve(),
      pieces: 0,
      isUnwanted: false,
    };
    const letGo = claim(recording.id);
    this.session = session;
    const heard = (piece: Blob) => {
      const index = session.pieces++;
      session.writing = session.writing.then(async () => {
        if (!(await this.keep(this.store.append(recording.id, index, piece)))) session.unkept.set(index, piece);
      });
    };
    const ended = async () => {
      await session.writing;
      if (session.isUnwanted) await this.store.remove(recording.id).catch(() => undefined);
      else this.recorded({ recording: session.recording, file: await this.assembled(session) });
      letGo();
      this.session = null;
      this.show({ phase: "idle", trouble: null });
    };
    microphone.start(heard, () => void ended());
  }

  private async assembled({ recording, unkept }: Session): Promise<File> {
    const kept = await this.store.pieces(recording.id).catch(() => []);
    return fileOf(recording, new Map([...kept, ...unkept]));
  }

  /** Whether something was written. Where not, that is shown, for then only this page holds the sound. */
  private async keep(writing: Promise<void>): Promise<boolean> {
    try {
      await writing;
      return true;
    } catch {
      if ("isKept" in this.state) this.show({ ...this.state, isKept: false });
      return false;
    }
  }

  private show(state: RecorderState): void {
    this.state = state;
    for (const changed of this.listeners) changed();
  }
}
