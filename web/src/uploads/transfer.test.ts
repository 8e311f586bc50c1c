import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../tests/server";
import { ProblemError, UnreachableError } from "../api/client";
import { TusTransfer } from "./transfer";
import { problem, requestTo, TusDouble } from "./tusDouble";
import { RESUMABLE } from "./unfinished";
import type { Taken, UploadError, Wish } from "./upload";

// the library has another build for Node, which is what a test would get
vi.mock("tus-js-client", () => vi.importActual("tus-js-client/lib.es5/browser/index.js"));

const file = new File(["x".repeat(1000)], "weekly.m4a", { lastModified: 1_772_600_000_000 });
const wish: Wish = { file, project: "Atlas" };
let server: TusDouble;

beforeEach(() => {
  server = new TusDouble();
  serve({ [`GET ${RESUMABLE}`]: () => Response.json([...server.held.values()]) });
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("XMLHttpRequest", requestTo(server));
});

const TAKEN = { meetings: ["m1", "m2"], duplicates: [] };

type End = Taken | { error: UploadError };

/** A transfer, and what starts it and waits for its end. */
function opened(of: Wish) {
  let ended: (end: End) => void = () => undefined;
  const transfer = new TusTransfer(of, {
    progressed: () => undefined,
    done: (taken) => ended(taken),
    failed: (error) => ended({ error }),
  });
  const run = () =>
    new Promise<End>((done) => {
      ended = done;
      transfer.start();
    });
  return { transfer, run };
}

const begun = () => server.asked.filter((one) => one.startsWith("POST")).length;

/** Loses the connection after 400 of the 1000 bytes. */
async function breakOff(run: () => Promise<End>) {
  server.breaksAfter = 400;
  expect(await run()).toEqual({ error: expect.any(UnreachableError) });
  server.breaksAfter = Number.POSITIVE_INFINITY;
}

test("a file is sent, and becomes meetings", async () => {
  expect(await opened(wish).run()).toEqual(TAKEN);
  expect(server.asked).toEqual(["POST 0", "PATCH 1000"]);
  expect(server.held.get("u1")).toMatchObject({ name: "weekly.m4a", project: "Atlas", length: 1000 });
});

test("what the project had already is told apart", async () => {
  server.known = ["m2"];
  expect(await opened(wish).run()).toEqual({ meetings: ["m1", "m2"], duplicates: ["m2"] });
});

test("after a lost connection the rest alone is sent", async () => {
  const { run } = opened(wish);
  await breakOff(run);
  expect(await run()).toEqual(TAKEN);
  expect(server.asked.slice(-2)).toEqual(["HEAD 0", "PATCH 600"]);
});

test("a server that is not ready yet does not make the upload begin anew", async () => {
  const { run } = opened(wish);
  await breakOff(run);
  server.trouble = problem(503, "the data home is being opened");
  expect(await run()).toEqual({ error: expect.any(UnreachableError) });
  server.trouble = undefined;
  expect(await run()).toEqual(TAKEN);
  expect(begun()).toBe(1);
});

test("an upload that the server has forgotten begins anew", async () => {
  const { run } = opened(wish);
  await breakOff(run);
  server.held.clear();
  expect(await run()).toEqual(TAKEN);
  expect(begun()).toBe(2);
});

test("the same file, chosen again after the page was closed, goes on where it stopped", async () => {
  await breakOff(opened(wish).run);
  await opened(wish).run();
  expect(server.asked.at(-1)).toBe("PATCH 600");
});

test("another file of the same name and size, or another project, begins anew", async () => {
  await breakOff(opened(wish).run);
  const other = new File(["y".repeat(1000)], "weekly.m4a", { lastModified: 1_772_700_000_000 });
  await opened({ ...wish, file: other }).run();
  await opened({ ...wish, project: "Borealis" }).run();
  expect(begun()).toBe(3);
});

test("a refusal is told in the server's words, even one that looks like a conflict of offsets", async () => {
  server.refusal = problem(409, "there is another meeting with the id 'm1'");
  const end = await opened(wish).run();
  expect(end).toEqual({ error: expect.any(ProblemError) });
  expect(end).toHaveProperty("error.detail", "there is another meeting with the id 'm1'");
  expect(begun()).toBe(1);
});

test("what is given up is forgotten by the server", async () => {
  const { transfer, run } = opened(wish);
  await breakOff(run);
  transfer.discard();
  await vi.waitFor(() => expect(server.held.size).toBe(0));
});
