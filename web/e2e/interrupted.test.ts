import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Api } from "./harness/api.ts";
import { noise, sha256, sha256Of } from "./harness/recordings.ts";
import { meet } from "./harness/said.ts";
import { emptyServer, freshFolder } from "./harness/samples.ts";
import type { Server } from "./harness/server.ts";
import { open, withBrowser, words } from "./harness/test.ts";
import { choose, sendTo, throttle } from "./harness/uploading.ts";

const MEGABYTES = 24;
const PROJECT = "Long";
const said = words.en.uploads;

withBrowser();

let folder: string;
let file: string;
let server: Server;
let api: Api;
let end: () => Promise<void>;
beforeAll(async () => {
  folder = await freshFolder();
  file = await noise(join(folder, "2026-03-04.wav"), MEGABYTES);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  ({ server, api, end } = await emptyServer());
});
afterEach(() => end());

test("an upload goes on where it was after the server was killed", async () => {
  const page = await open("/meetings", {}, server.url);
  await uploadSlowly(page);
  await server.kill();
  await page.getByText(words.en.common.unreachable).first().waitFor();
  await server.restart();
  const offset = continuedAt(page);
  await page.getByRole("button", { name: said.again_now }).first().click({ timeout: 5_000 }).catch(goesOnByItself);
  expect(await offset).toBeGreaterThan(0);
  await arrived(page);
});

test("an upload goes on where it was after its tab was closed", async () => {
  const closed = await open("/meetings", {}, server.url);
  await uploadSlowly(closed);
  await closed.close();
  const page = await open("/meetings", {}, server.url);
  const offset = continuedAt(page);
  await choose(page, said.choose_again_for.replace("{{name}}", "2026-03-04.wav"), file);
  expect(await offset).toBeGreaterThan(0);
  await arrived(page);
});

test("an answer that was under way when the server was killed says so, and can be asked for again", async () => {
  await meet(api, PROJECT, "Weekly", [["Mina", "The feature freeze is on April 20."]]);
  await server.kill();
  await server.restart();
  const page = await open(`/?project=${PROJECT}`, {}, server.url);
  await page.getByRole("textbox", { name: words.en.ask.question }).fill("When is the feature freeze?");
  await page.keyboard.press("Enter");
  // the models of a server that has just begun are loaded first
  await page.getByRole("button", { name: words.en.ask.stop }).waitFor();
  await server.kill();
  const said = page.getByRole("article").getByRole("alert");
  await said.waitFor();
  await server.restart();
  await said.getByRole("button").click();
  await page.getByText("The feature freeze is on April 20.").first().waitFor();
});

/** Begins an upload that takes a while, and waits until some of it is there. */
async function uploadSlowly(page: Page): Promise<void> {
  await throttle(page, 2_000_000);
  await choose(page, said.add_files, file);
  await sendTo(page, PROJECT);
  const bar = page.getByRole("progressbar").first();
  const percent = async () => Number(await bar.getAttribute("aria-valuenow"));
  await expect.poll(percent, { timeout: 120_000 }).toBeGreaterThan(30);
}

/** The byte from which on a page sends the rest of a file. */
async function continuedAt(page: Page): Promise<number> {
  const request = await page.waitForRequest((one) => one.method() === "PATCH", { timeout: 60_000 });
  return Number(request.headers()["upload-offset"]);
}

// where it was quicker than the button
const goesOnByItself = () => undefined;

/** Waits for the end of the upload, and sees that the server has the very bytes of the file. */
async function arrived(page: Page): Promise<void> {
  await page.getByText(said.done).first().waitFor({ timeout: 120_000 });
  const [meeting] = await api.meetings(PROJECT);
  expect(sha256(await api.bytes(`/meetings/${meeting?.id}/media`))).toBe(await sha256Of(file));
}
