import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settled } from "./harness/places.ts";
import { clip, sha256, sha256Of } from "./harness/recordings.ts";
import { freshFolder } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";
import { choose, drop, sendTo } from "./harness/uploading.ts";

withBrowser();

let folder: string;
beforeAll(async () => {
  folder = await freshFolder();
});
afterAll(() => rm(folder, { recursive: true }));

test("a recording from the file chooser is uploaded, heard, and read: en", async () => {
  const project = "Chosen";
  const file = await clip("B_en_atlas_mobile/2026-03-04.m4a", join(folder, "2026-03-04.wav"), 30, 55);
  const page = await open("/meetings");
  await choose(page, words.en.uploads.add_files, file);
  await sendTo(page, project);
  await page.getByRole("link", { name: words.en.common.open_meeting }).click();
  await page
    .getByText(/freeze/i)
    .first()
    .waitFor({ timeout: 240_000 });
  const [meeting] = await api.meetings(project);
  expect(meeting).toMatchObject({ stage: "ready", language: "en", date: "2026-03-04" });
  expect(sha256(await api.bytes(`/meetings/${meeting?.id}/media`))).toBe(await sha256Of(file));
});

test("a recording that is dropped on the page is uploaded, heard, and read: zh", async () => {
  const project = "拖进来的";
  const file = await clip("A_zh_payment_gateway/2026-03-02.m4a", join(folder, "2026-03-02.wav"), 9, 60);
  const page = await open("/meetings", { language: "zh" });
  await settled(page);
  await drop(page, file);
  await sendTo(page, project, "zh");
  await page.getByRole("link", { name: words.zh.common.open_meeting }).click();
  await page.getByText("15万").first().waitFor({ timeout: 240_000 });
  const [meeting] = await api.meetings(project);
  expect(meeting).toMatchObject({ stage: "ready", language: "zh" });
});

test("a file that was there already is said to be, and leads to its meeting", async () => {
  const file = join(folder, "2026-03-05.vtt");
  await writeFile(file, "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ann>We ship on Friday.\n");
  for (const said of [words.en.uploads.done, words.en.uploads.already_there]) {
    const page = await open("/meetings");
    await choose(page, words.en.uploads.add_files, file);
    await sendTo(page, "Twice");
    await page.getByText(said).waitFor();
    await page.getByRole("link", { name: words.en.common.open_meeting }).click();
    await page.getByText("We ship on Friday.").first().waitFor({ timeout: 60_000 });
  }
  expect(await api.meetings("Twice")).toHaveLength(1);
});

test("a file that nobody could hear is refused, and why is said", async () => {
  const page = await open("/meetings");
  const file = join(folder, "2026-03-04.m4a");
  await writeFile(file, "this is not a recording");
  await choose(page, words.en.uploads.add_files, file);
  await sendTo(page, "Refused");
  await page.getByRole("button", { name: words.en.common.retry }).waitFor();
});

test("without leave to use the microphone, the page says so and what to do", async () => {
  const page = await open("/meetings");
  await page.getByRole("button", { name: words.en.uploads.record, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(words.en.uploads.project).fill("Recorded");
  await dialog.getByRole("button", { name: words.en.uploads.begin }).click();
  await page.getByText(words.en.uploads.trouble_refused, { exact: true }).waitFor();
  await page.getByText(words.en.uploads.trouble_refused_hint).waitFor();
});

test("a recording from the microphone reaches the meetings", async () => {
  const page = await open("/meetings");
  await record(page, "Recorded");
  await page.getByRole("button", { name: words.en.uploads.stop_recording }).click();
  await page.getByText(words.en.uploads.done).first().waitFor();
  const [meeting] = await api.meetings("Recorded");
  expect(meeting?.has_media).toBe(true);
});

test("a recording whose tab was closed is offered again, and reaches the meetings", async () => {
  const closed = await open("/meetings");
  await record(closed, "Recovered");
  const page = await closed.context().newPage();
  await closed.close();
  await page.goto(`${api.url}/meetings`);
  await page.getByRole("button", { name: /^Upload: / }).click();
  await page.getByText(words.en.uploads.done).first().waitFor();
  await api.until(async () => ((await api.meetings("Recovered"))[0]?.duration ?? 0) > 2);
});

test("a file over the limit is named before anything of it is sent", async () => {
  const page = await open("/meetings");
  const file = join(folder, "2026-03-05.wav");
  await writeFile(file, "");
  await truncate(file, 9_000_000_000);
  await choose(page, words.en.uploads.add_files, file);
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/8\.6 GB at most/).waitFor();
  await dialog.getByLabel(words.en.uploads.project).fill("Huge");
  expect(await dialog.getByRole("button", { name: "Upload (0)" }).isDisabled()).toBe(true);
});

/** Records some seconds from the microphone into a project. */
async function record(page: Page, project: string): Promise<void> {
  await page.context().grantPermissions(["microphone"], { origin: api.url });
  await page.getByRole("button", { name: words.en.uploads.record, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(words.en.uploads.project).fill(project);
  await dialog.getByRole("button", { name: words.en.uploads.begin }).click();
  await page.waitForTimeout(4_000);
}
