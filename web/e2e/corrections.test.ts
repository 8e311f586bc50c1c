import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { meet } from "./harness/said.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";

const PROJECT = "Corrected";
const said = words.en.meeting;

withBrowser();

let meeting: string;
beforeAll(async () => {
  meeting = await meet(api, PROJECT, "Release weekly", [
    ["Speaker 1", "The feature freeze is on April 20."],
    ["Jon Abara", "Then the translators need the strings a week before."],
    ["Speaker 1", "The quilgate vendor sends its invoice on Friday."],
  ]);
});

test("a name that is edited once is right in the transcript, in search and in answers", async () => {
  const page = await open(`/meetings/${meeting}`);
  const transcript = page.getByRole("list", { name: said.transcript });
  await transcript.getByRole("button", { name: "Speaker 1" }).first().click();
  await page.getByLabel(said.speaker_name).fill("Nkechi Adeyemi");
  await page.getByRole("radio", { name: said.reach_meeting }).check();
  await page.getByRole("button", { name: words.en.common.save }).click();
  await expect.poll(() => transcript.getByRole("button", { name: "Nkechi Adeyemi" }).count()).toBe(2);

  await api.until(() => searchable("feature freeze", "Nkechi Adeyemi"));
  await look(page, "feature freeze");
  await found(page, "The feature freeze is on April 20.", "Nkechi Adeyemi").waitFor();
  await page.keyboard.press("Escape");

  await page.goto(`${api.url}/?project=${PROJECT}`);
  await page.getByRole("textbox", { name: words.en.ask.question }).fill("When is the feature freeze?");
  await page.keyboard.press("Enter");
  const evidence = page.getByRole("button", { name: /^Evidence \d+: Nkechi Adeyemi/ });
  await evidence.first().waitFor({ timeout: 120_000 });
});

test("a line that is edited once is right in the transcript and in search", async () => {
  const page = await open(`/meetings/${meeting}`);
  const line = page.getByRole("list", { name: said.transcript }).getByRole("listitem").filter({ hasText: "quilgate" });
  await line.hover();
  await line.getByRole("button", { name: said.edit_line }).click();
  await page.getByRole("textbox", { name: said.edit_line }).fill("The Quillgate vendor sends its invoice on Friday.");
  await page.keyboard.press("Enter");
  await page.getByText("The Quillgate vendor").waitFor();

  await api.until(() => searchable("vendor invoice", "Quillgate"));
  await look(page, "vendor invoice");
  await found(page, "The Quillgate vendor").waitFor();
});

/** Whether what was corrected has reached the search. */
async function searchable(query: string, wanted: string): Promise<boolean> {
  return JSON.stringify(await api.send("POST", "/search", { query, project: PROJECT })).includes(wanted);
}

/** Types into the palette. */
async function look(page: Page, query: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(words.en.palette.placeholder).fill(query);
}

const found = (page: Page, text: string, speaker = "") =>
  page.getByRole("option").filter({ hasText: text }).filter({ hasText: speaker }).first();
