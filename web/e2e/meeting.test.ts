import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { sounding } from "./harness/browser.ts";
import { clip } from "./harness/recordings.ts";
import { meet } from "./harness/said.ts";
import { ATLAS, freshFolder } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";
import { choose, sendTo } from "./harness/uploading.ts";

const PROJECT = "Meeting screen";
const HEARD = "Heard anew";
const { common, jobs, meeting: said, uploads } = words.en;

withBrowser();

let meeting: string;
beforeAll(async () => {
  meeting = await meet(api, PROJECT, "Release weekly", [
    ["Mina", "The feature freeze is on April 20."],
    ["Jon", "Then the translators need the strings a week before."],
    ["Jon B.", "I will send the strings on Monday."],
    ["Mina", "Thank you."],
  ]);
});

test("what is clicked or dragged to on the waveform plays, and its word is marked as it sounds", async () => {
  const [sample] = await api.meetings(ATLAS);
  const page = await open(`/meetings/${sample?.id}`);
  const length = sample?.duration ?? 0;
  const place = page.getByRole("slider", { name: said.play_place });
  const waveform = place.locator("xpath=..").locator("canvas").first();
  await waveform.waitFor();
  // it is painted once more when the words have come
  await page.waitForLoadState("networkidle");
  expect(await waveform.evaluate(colours)).toBeGreaterThan(1);
  const { x, y, width } = (await place.boundingBox()) ?? { x: 0, y: 0, width: 0 };
  const move = (share: number) => page.mouse.move(x + width * share, y + 20, { steps: 5 });
  await move(0.3);
  await page.mouse.down();
  await expect.poll(() => second(page)).toBeGreaterThan(length * 0.3 - 2);
  await move(0.6);
  await page.mouse.up();
  await expect.poll(() => second(page)).toBeGreaterThan(length * 0.6 - 2);
  await expect.poll(() => lead(page)).toBeLessThan(1);
});

/** How many colours a canvas is painted with, its edges aside. */
function colours(canvas: Element): number {
  const brush = canvas instanceof HTMLCanvasElement ? canvas.getContext("2d") : null;
  if (brush === null) throw new Error("no canvas");
  const { data } = brush.getImageData(0, 0, brush.canvas.width, brush.canvas.height);
  const found = new Set<string>();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) found.add(data.slice(at, at + 3).join());
  return found.size;
}

test("two tabs that change the same of a meeting do not overwrite each other unseen", async () => {
  const [one, other] = [await open(`/meetings/${meeting}`), await open(`/meetings/${meeting}`)];
  for (const page of [one, other]) await page.getByRole("button", { name: said.edit_facts }).click();
  await retitle(one, "Release council");
  await one.getByRole("heading", { level: 1, name: "Release council" }).waitFor();
  await retitle(other, "Release round");
  await other.getByRole("alert").filter({ hasText: "Release council" }).waitFor();
  expect((await api.meetings(PROJECT))[0]?.title).toBe("Release council");
  await other.getByRole("button", { name: common.save }).click();
  await other.getByRole("heading", { level: 1, name: "Release round" }).waitFor();
});

test("two speakers become one, and two again when that is undone; one line goes to somebody else", async () => {
  const page = await open(`/meetings/${meeting}`);
  const transcript = page.getByRole("list", { name: said.transcript });
  const lines = (speaker: string) => transcript.getByRole("button", { name: speaker, exact: true });
  await lines("Jon B.").click();
  await page.getByLabel(said.speaker_name).fill("Jon");
  await page.getByText(said.merges.replace("{{name}}", "Jon")).waitFor();
  await page.getByRole("button", { name: common.save }).click();
  await expect.poll(() => lines("Jon B.").count()).toBe(0);
  await page.getByRole("button", { name: common.undo }).click();
  await lines("Jon B.").waitFor();

  await lines("Mina").last().click();
  await page.getByLabel(said.speaker_name).fill("Jon B.");
  await page.getByRole("radio", { name: said.reach_line }).check();
  await page.getByRole("button", { name: common.save }).click();
  await expect.poll(() => lines("Mina").count()).toBe(1);
});

test("work that was stopped goes on when it is tried again; then a span is heard again, and speakers told apart", async () => {
  const folder = await freshFolder();
  const file = await clip("B_en_atlas_mobile/2026-03-11.m4a", join(folder, "2026-03-11.wav"), 0, 60);
  const page = await open("/meetings");
  await choose(page, uploads.add_files, file);
  await sendTo(page, HEARD);
  await page.getByRole("link", { name: common.open_meeting }).waitFor();
  const title = (await api.meetings(HEARD))[0]?.title ?? "";
  await page.goto(`${api.url}/jobs`);
  await page.getByRole("button", { name: jobs.cancel_of.replace("{{title}}", title) }).click();
  await page.getByRole("button", { name: jobs.retry_of.replace("{{title}}", title) }).click();
  await page.getByRole("link", { name: title }).first().click();
  await page
    .getByText(/keychain/i)
    .first()
    .waitFor({ timeout: 240_000 });

  await chosen(page, said.rehear);
  await page.getByRole("button", { name: said.rehear_go }).click();
  await page.getByText(said.heard_again).waitFor({ timeout: 120_000 });
  await page.getByRole("dialog").getByRole("button", { name: common.undo }).click();
  await page.getByText(said.was_undone).waitFor();
  await page.keyboard.press("Escape");

  await api.until(async () => (await api.meetings(HEARD)).every(({ stage }) => stage === "ready"));
  const lanes = page.getByRole("region", { name: said.who_when }).locator("bdi");
  await expect.poll(() => lanes.count()).toBeGreaterThan(1);
  await chosen(page, said.tell);
  await page.getByLabel(said.tell_count).fill("1");
  await page.getByRole("button", { name: said.tell_go }).click();
  await expect.poll(() => lanes.count(), { timeout: 120_000 }).toBe(1);
  await rm(folder, { recursive: true });
});

test("a meeting that is deleted is gone from the list and from the server", async () => {
  const gone = await meet(api, PROJECT, "A mistake", [["Mina", "Nothing of this is to stay."]]);
  const page = await open(`/meetings/${gone}`);
  await chosen(page, said.delete_meeting);
  await page.getByRole("alertdialog").getByRole("button", { name: common.delete }).click();
  await page.getByRole("heading", { level: 1, name: common.meetings }).waitFor();
  await page
    .getByRole("link", { name: /Release/ })
    .first()
    .waitFor();
  expect(await page.getByRole("link", { name: "A mistake" }).count()).toBe(0);
  expect((await api.meetings(PROJECT)).map(({ id }) => id)).not.toContain(gone);
});

/** The second that plays; -1 while nothing does. */
const second = async (page: Page) => (await sounding(page))?.second ?? -1;

/** By how many seconds what plays is ahead of the start of the word that is marked, or of the next one behind. */
async function lead(page: Page): Promise<number> {
  const from = await page.locator("[data-from].bg-accent").first().getAttribute("data-from", { timeout: 5_000 });
  return Math.abs((await second(page)) - Number(from));
}

async function retitle(page: Page, title: string): Promise<void> {
  await page.getByRole("textbox", { name: said.title }).fill(title);
  await page.getByRole("button", { name: common.save }).click();
}

/** Chooses something of the meeting's menu. */
async function chosen(page: Page, entry: string): Promise<void> {
  await page.getByRole("button", { name: said.more, exact: true }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}
