import { beforeEach, expect, test, vi } from "vitest";
import type { Microphone } from "./microphone";
import { MicrophoneError } from "./microphone";
import { elapsed, type Recorded, Recorder } from "./recorder";
import type { Recording, RecordingStore } from "./store";

class MemoryStore implements RecordingStore {
  readonly recordings = new Map<string, Recording>();
  readonly sounds = new Map<string, Map<number, Blob>>();
  isFull = false;

  save = async (recording: Recording) => void this.recordings.set(recording.id, recording);
  append = async (id: string, index: number, piece: Blob) => {
    if (this.isFull) throw new DOMException("full", "QuotaExceededError");
    this.sounds.set(id, (await this.pieces(id)).set(index, piece));
  };
  all = async () => [...this.recordings.values()];
  pieces = async (id: string) => this.sounds.get(id) ?? new Map<number, Blob>();
  remove = async (id: string) => {
    this.recordings.delete(id);
    this.sounds.delete(id);
  };
}

class FakeMicrophone implements Microphone {
  type = "audio/webm;codecs=opus";
  hear: (piece: Blob) => void = () => undefined;
  end: () => void = () => undefined;
  pause = vi.fn();
  resume = vi.fn();
  level = () => 0.5;
  start(heard: (piece: Blob) => void, ended: () => void) {
    this.hear = heard;
    this.end = ended;
  }
  stop() {
    this.hear(new Blob(["last"]));
    this.end();
  }
  say(text: string) {
    this.hear(new Blob([text]));
  }
}

let store: MemoryStore;
let microphone: FakeMicrophone;
let recorder: Recorder;
let recorded: Recorded[];
const idle = () => vi.waitFor(() => expect(recorder.now().phase).toBe("idle"));
const kept = async () => (await Promise.all([...store.sounds.values()].map(text))).join();
const text = async (pieces: Map<number, Blob>) =>
  (await Promise.all([...pieces.values()].map((one) => one.text()))).join("");

beforeEach(async () => {
  store = new MemoryStore();
  microphone = new FakeMicrophone();
  recorded = [];
  recorder = new Recorder(
    store,
    async () => microphone,
    (one) => recorded.push(one),
  );
  await recorder.start({ title: "Stand-up", project: "Atlas" });
});

test("each piece is in the store before the recording ends", async () => {
  microphone.say("one ");
  microphone.say("two ");
  await vi.waitFor(async () => expect(await kept()).toBe("one two "));
  expect(await store.all()).toMatchObject([{ title: "Stand-up", project: "Atlas" }]);
  expect(recorded).toEqual([]);
});

test("what was recorded is handed over whole, and stays in the store", async () => {
  microphone.say("one ");
  recorder.stop();
  await idle();
  expect(await recorded[0]?.file.text()).toBe("one last");
  expect(recorded[0]?.file.name).toBe("Stand-up.webm");
  expect(await kept()).toBe("one last");
});

test("a microphone that is gone ends the recording, and nothing is lost", async () => {
  microphone.say("one ");
  microphone.end();
  await idle();
  expect(await recorded[0]?.file.text()).toBe("one ");
});

test("where the store takes no more that is shown, and the recording is whole all the same", async () => {
  microphone.say("one ");
  await vi.waitFor(async () => expect(await kept()).toBe("one "));
  store.isFull = true;
  microphone.say("two ");
  await vi.waitFor(() => expect(recorder.now()).toMatchObject({ isKept: false }));
  recorder.stop();
  await idle();
  expect(await recorded[0]?.file.text()).toBe("one two last");
});

test("what is thrown away is neither kept nor handed over", async () => {
  microphone.say("one ");
  recorder.discard();
  await idle();
  expect(await store.all()).toEqual([]);
  expect(await kept()).toBe("");
  expect(recorded).toEqual([]);
});

test("a new title is what the file is called", async () => {
  await recorder.rename("周会/复盘");
  expect(await store.all()).toMatchObject([{ title: "周会/复盘" }]);
  recorder.stop();
  await idle();
  expect(recorded[0]?.file.name).toBe("周会-复盘.webm");
});

test("time stands still in a pause", () => {
  const started = Date.now();
  recorder.pause();
  const paused = recorder.now();
  if (!("recording" in paused)) throw new Error("it is not recording");
  expect(elapsed(paused, started + 60_000)).toBeLessThan(5);
  recorder.resume();
  const resumed = recorder.now();
  if (!("recording" in resumed)) throw new Error("it is not recording");
  expect(elapsed(resumed, Date.now() + 60_000)).toBeGreaterThanOrEqual(60);
  expect(microphone.pause).toHaveBeenCalledOnce();
  expect(microphone.resume).toHaveBeenCalledOnce();
});

test("why there is no microphone is told, and it can be tried again", async () => {
  const open = vi.fn<() => Promise<Microphone>>().mockRejectedValueOnce(new MicrophoneError("refused"));
  const other = new Recorder(store, open, () => undefined);
  await other.start({ title: "", project: "Atlas" });
  expect(other.now()).toEqual({ phase: "idle", trouble: "refused" });
  open.mockResolvedValueOnce(new FakeMicrophone());
  await other.start({ title: "", project: "Atlas" });
  expect(other.now().phase).toBe("recording");
});
