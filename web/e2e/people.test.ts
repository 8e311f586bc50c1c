import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { sounding } from "./harness/browser.ts";
import { clip } from "./harness/recordings.ts";
import { meet, type Said } from "./harness/said.ts";
import { freshFolder } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";

const PROJECT = "Voices";
const { common, glossary, meeting: said, people } = words.en;

withBrowser();

let meeting: string;
beforeAll(async () => {
  const folder = await freshFolder();
  const file = await clip("B_en_atlas_mobile/2026-03-11.m4a", join(folder, "2026-03-11.wav"), 0, 60);
  [meeting = ""] = await api.add(PROJECT, file, "en");
  await rm(folder, { recursive: true });
});

test("a voice is named with consent, renamed, heard and forgotten; transcript and search follow", async () => {
  const page = await open(`/meetings/${meeting}`);
  await page.getByRole("tab", { name: said.tab_speakers }).click();
  await page.getByLabel(said.voice.replace("{{number}}", "1")).fill("Pria");
  await page.getByLabel(said.agreed).fill("Pria herself");
  await page.getByRole("button", { name: common.save }).click();
  await speaks(page, "Pria");

  await page.goto(`${api.url}/people?project=${PROJECT}`);
  await rowOf(page, "Pria").getByRole("button", { name: people.rename }).click();
  await page.getByLabel(people.name, { exact: true }).fill("Priya Raghunathan");
  await page.getByRole("button", { name: common.save }).click();
  await page.getByText(people.updated.replace("{{count}}", "1")).waitFor({ timeout: 120_000 });
  await api.until(async () => (await found("numbers")).includes("Priya Raghunathan"));

  const row = rowOf(page, "Priya Raghunathan");
  await row.getByRole("combobox").selectOption({ label: people.side_team });
  await row.getByRole("button", { name: people.voices.replace("{{count}}", "1") }).click();
  await row.getByRole("button", { name: /^Listen to the voice/ }).click();
  await expect.poll(async () => (await sounding(page))?.source).toContain(meeting);

  await row.getByRole("button", { name: people.forget }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: people.forget }).click();
  await expect.poll(() => page.getByRole("button", { name: /^recognised by voice/ }).count()).toBe(0);
  await page.goto(`${api.url}/meetings/${meeting}`);
  await speaks(page, "Speaker 1");
});

test("who is known from transcripts alone is renamed in all of them", async () => {
  const project = "Minutes";
  const said: Said[] = [["Jon", "I send the contract on Friday."]];
  const [first] = [await meet(api, project, "Weekly", said), await meet(api, project, "Retro", said)];
  const page = await open(`/people?project=${project}`);
  await page.getByRole("button", { name: people.rename_person.replace("{{name}}", "Jon") }).click();
  await page.getByLabel(people.name, { exact: true }).fill("Jon Abara");
  await page.keyboard.press("Enter");
  await page.getByText(people.updated.replace("{{count}}", "2")).waitFor();
  expect(await page.getByRole("main").getByText("Jon", { exact: true }).count()).toBe(0);
  await page.goto(`${api.url}/meetings/${first}`);
  await speaks(page, "Jon Abara");
});

test("a term is written into stored meetings, and a line can have its own words again", async () => {
  const project = "Terms";
  await meet(api, project, "Release weekly", [
    ["Mina", "The quill gate migration starts on Monday."],
    ["Jon", "Then quill gate is tested for a week."],
  ]);
  const page = await open(`/glossary?project=${project}`);
  await page.getByRole("button", { name: glossary.add }).click();
  await page.getByLabel(glossary.canonical).fill("Quillgate");
  await page.getByLabel(glossary.aliases).fill("quill gate");
  await page.getByRole("button", { name: common.save }).click();
  await page.getByRole("button", { name: glossary.apply }).click();
  const changed = page.getByRole("listitem").filter({ hasText: glossary.made });
  await expect.poll(() => changed.count(), { timeout: 120_000 }).toBe(2);
  await changed.filter({ hasText: "Monday" }).getByRole("button").click();
  await expect.poll(() => changed.count()).toBe(1);
  await changed.getByRole("link").click();
  await page.getByText("Then Quillgate is tested for a week.").waitFor();
  await page.getByText("The quill gate migration starts on Monday.").waitFor();
});

const rowOf = (page: Page, name: string) => page.getByRole("listitem").filter({ hasText: name }).first();

/** Waits until somebody speaks in the transcript that is shown. */
const speaks = (page: Page, name: string) =>
  page.getByRole("list", { name: said.transcript }).getByRole("button", { name, exact: true }).first().waitFor();

/** What a search in the voices' project finds. */
const found = async (query: string) => JSON.stringify(await api.send("POST", "/search", { query, project: PROJECT }));
