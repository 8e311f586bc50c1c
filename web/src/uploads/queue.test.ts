import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProblemError, UnreachableError } from "../api/client";
import { type Transfer, type TransferEvents, UploadQueue } from "./queue";
import type { Wish } from "./upload";

/** A transfer that does what the test says. */
class Told implements Transfer {
  start = vi.fn();
  stop = vi.fn();
  discard = vi.fn();
  constructor(
    readonly wish: Wish,
    readonly events: TransferEvents,
  ) {}
}

let told: Told[];
let queue: UploadQueue;
const NOTHING = { meetings: [], duplicates: [] };
const lost = new UnreachableError(new Error("offline"));
const wish = (name: string, project = "Atlas"): Wish => ({ file: new File(["sound"], name), project });
const states = () => queue.uploads().map(({ state }) => state);
const id = (at: number) => queue.uploads()[at]?.id ?? "";

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  queue = new UploadQueue((one, events) => {
    const transfer = new Told(one, events);
    told.push(transfer);
    return transfer;
  });
});
afterEach(() => void vi.useRealTimers());

test("two files go at once, the next when one is done", () => {
  queue.add([wish("a"), wish("b"), wish("c")]);
  expect(states()).toEqual(["sending", "sending", "waiting"]);
  told[0]?.events.done({ meetings: ["m1"], duplicates: [] });
  expect(states()).toEqual(["done", "sending", "sending"]);
  expect(queue.uploads()[0]?.meetings).toEqual(["m1"]);
});

test("a pause lets the next one go; what was paused waits for its turn again", () => {
  queue.add([wish("a"), wish("b"), wish("c")]);
  queue.pause(id(0));
  expect(states()).toEqual(["paused", "sending", "sending"]);
  expect(told[0]?.stop).toHaveBeenCalled();
  queue.resume(id(0));
  expect(states()).toEqual(["waiting", "sending", "sending"]);
  told[1]?.events.done(NOTHING);
  expect(states()).toEqual(["sending", "done", "sending"]);
  expect(told).toHaveLength(3);
});

test("a lost connection is tried again for hours, at longer and longer intervals up to 30 seconds", () => {
  queue.add([wish("a")]);
  const waits: number[] = [];
  for (let attempt = 0; attempt < 500; attempt++) {
    told[0]?.events.failed(lost);
    expect(states()).toEqual(["interrupted"]);
    waits.push((queue.uploads()[0]?.retryAt ?? 0) - Date.now());
    vi.runOnlyPendingTimers();
    expect(states()).toEqual(["sending"]);
  }
  expect(waits.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(waits.at(-1)).toBe(30_000);
  told[0]?.events.progressed(5);
  told[0]?.events.failed(lost);
  expect((queue.uploads()[0]?.retryAt ?? 0) - Date.now()).toBe(1000);
});

test("when the network is back, what was interrupted goes on at once and once", () => {
  queue.add([wish("a")]);
  told[0]?.events.failed(lost);
  queue.retryNow();
  expect(states()).toEqual(["sending"]);
  vi.advanceTimersByTime(60_000);
  expect(told[0]?.start).toHaveBeenCalledTimes(2);
});

test("a refusal stands until it is tried again, and then from the start", () => {
  queue.add([wish("a"), wish("b"), wish("c")]);
  told[0]?.events.failed(new ProblemError(422, "a holds no sound", "export it again"));
  expect(states()).toEqual(["refused", "sending", "sending"]);
  vi.advanceTimersByTime(60_000);
  expect(told[0]?.start).toHaveBeenCalledTimes(1);
  told[1]?.events.done(NOTHING);
  queue.resume(id(0));
  expect(states()).toEqual(["sending", "done", "sending"]);
  expect(told[3]?.wish.file.name).toBe("a");
});

test("what is cancelled is forgotten by the server, what is done is not", () => {
  queue.add([wish("a"), wish("b")]);
  told[1]?.events.done(NOTHING);
  queue.remove(id(0));
  queue.clear();
  expect(queue.uploads()).toEqual([]);
  expect(told[0]?.discard).toHaveBeenCalled();
  expect(told[1]?.discard).not.toHaveBeenCalled();
});

test("a file that is on its way to a project is not queued for it again", () => {
  const one = wish("a");
  queue.add([one, one, { ...one, project: "Borealis" }]);
  expect(states()).toEqual(["sending", "sending"]);
  told[0]?.events.done(NOTHING);
  queue.add([one]);
  expect(states()).toEqual(["done", "sending", "sending"]);
});

test("what a file was made of is told once the server has it, before that is shown", () => {
  const seen: string[] = [];
  queue.add([{ ...wish("a"), onDone: () => seen.push("kept by the server") }]);
  queue.subscribe(() => seen.push(states()[0] ?? ""));
  told[0]?.events.done(NOTHING);
  expect(seen.slice(0, 2)).toEqual(["kept by the server", "done"]);
});

test("many small steps are shown a few times a second, and the last one always", () => {
  queue.add([wish("a")]);
  const shown = vi.fn();
  queue.subscribe(shown);
  for (let sent = 0; sent < 5; sent++) told[0]?.events.progressed(sent);
  expect(shown).toHaveBeenCalledTimes(1);
  told[0]?.events.progressed(5);
  expect(queue.uploads()[0]?.sent).toBe(5);
});
