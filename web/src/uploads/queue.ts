import {
  after,
  delayBefore,
  type Happening,
  isOpen,
  mayPass,
  newUpload,
  type Taken,
  type Upload,
  type UploadError,
  type Wish,
} from "./upload";

/** Sends one file. It can be stopped and started again, and goes on where the server stands. */
export interface Transfer {
  start: () => void;
  stop: () => void;
  /** Stop for good: the server forgets what it has. */
  discard: () => void;
}

/** What a transfer tells. After `done` and `failed` it stands still. */
export interface TransferEvents {
  progressed: (sent: number) => void;
  done: (taken: Taken) => void;
  failed: (error: UploadError) => void;
}

export type OpenTransfer = (wish: Wish, events: TransferEvents) => Transfer;

interface Task {
  wish: Wish;
  transfer: Transfer | null;
  retry: ReturnType<typeof setTimeout> | null;
}

const AT_ONCE = 2;
const SHOWN_MS = 200;

/** The uploads of this page. It goes on whatever is shown, retries what may pass, and is read by useSyncExternalStore. */
export class UploadQueue {
  private list: readonly Upload[] = [];
  private readonly tasks = new Map<string, Task>();
  private readonly listeners = new Set<() => void>();
  private readonly lastShown = new Map<string, number>();
  private added = 0;

  constructor(private readonly open: OpenTransfer) {}

  subscribe = (changed: () => void) => {
    this.listeners.add(changed);
    return () => void this.listeners.delete(changed);
  };

  uploads = () => this.list;

  /** Queue files. One that is on its way to the same project already is left out. */
  add(wishes: readonly Wish[]): void {
    for (const wish of wishes) {
      if (this.isOnItsWay(wish)) continue;
      const upload = newUpload(`upload-${++this.added}`, wish);
      this.tasks.set(upload.id, { wish, transfer: null, retry: null });
      this.list = [...this.list, upload];
    }
    this.pump();
  }

  pause(id: string): void {
    this.halt(id);
    this.happen(id, { type: "paused" });
    this.pump();
  }

  /** Go on with what was paused, try again what was refused. */
  resume(id: string): void {
    this.halt(id);
    this.happen(id, { type: "wanted" });
    this.pump();
  }

  /** Take an upload off the list; the server forgets what it has of one that is not done. */
  remove(id: string): void {
    const upload = this.list.find((one) => one.id === id);
    this.halt(id);
    if (upload?.state !== "done") this.tasks.get(id)?.transfer?.discard();
    this.tasks.delete(id);
    this.lastShown.delete(id);
    this.list = this.list.filter((one) => one.id !== id);
    this.pump();
  }

  /** Take those that are done off the list. */
  clear(): void {
    for (const { id } of this.list.filter(({ state }) => state === "done")) this.remove(id);
  }

  /** Try at once what waits for its next attempt. */
  retryNow(): void {
    for (const { id } of this.list.filter(({ state }) => state === "interrupted")) this.begin(id);
  }

  private isOnItsWay({ file, project }: Wish): boolean {
    return this.list.some((upload) => {
      const known = this.tasks.get(upload.id)?.wish.file;
      return isOpen(upload) && upload.project === project && known !== undefined && areSame(known, file);
    });
  }

  private pump(): void {
    const busy = this.list.filter(({ state }) => state === "sending" || state === "interrupted").length;
    const waiting = this.list.filter(({ state }) => state === "waiting");
    for (const { id } of waiting.slice(0, Math.max(0, AT_ONCE - busy))) this.begin(id);
    this.tell();
  }

  private begin(id: string): void {
    const task = this.tasks.get(id);
    if (task === undefined) return;
    this.halt(id);
    this.happen(id, { type: "started" });
    task.transfer ??= this.open(task.wish, this.events(id, task));
    task.transfer.start();
  }

  private halt(id: string): void {
    const task = this.tasks.get(id);
    if (task === undefined) return;
    if (task.retry !== null) clearTimeout(task.retry);
    task.retry = null;
    task.transfer?.stop();
  }

  private events(id: string, task: Task): TransferEvents {
    return {
      progressed: (sent) => {
        const at = Date.now();
        if (sent < task.wish.file.size && at - (this.lastShown.get(id) ?? 0) < SHOWN_MS) return;
        this.lastShown.set(id, at);
        this.happen(id, { type: "progressed", sent, at });
      },
      done: (taken) => {
        task.wish.onDone?.();
        this.happen(id, { type: "done", ...taken });
        this.pump();
      },
      failed: (error) => {
        const attempt = this.list.find((one) => one.id === id)?.attempt ?? 0;
        if (mayPass(error)) {
          const delay = delayBefore(attempt);
          task.retry = setTimeout(() => this.begin(id), delay);
          this.happen(id, { type: "interrupted", error, retryAt: Date.now() + delay });
        } else {
          task.transfer = null;
          this.happen(id, { type: "refused", error });
          this.pump();
        }
      },
    };
  }

  private happen(id: string, happening: Happening): void {
    this.list = this.list.map((upload) => (upload.id === id ? after(upload, happening) : upload));
    this.tell();
  }

  private tell(): void {
    for (const changed of this.listeners) changed();
  }
}

/** Whether two files are the same one, chosen twice. */
function areSame(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
