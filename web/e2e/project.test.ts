import { beforeAll, expect, test } from "vitest";
import { meet } from "./harness/said.ts";
import { PAYMENT } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";

const PROJECT = "By hand";
const SHIPPED = "We decide that the release ships on April 17.";
const KEPT = "The quilgate was grey last year.";
const said = words.en.project;

withBrowser();

let meeting: string;
beforeAll(async () => {
  meeting = await meet(api, PROJECT, "Release weekly", [
    ["Mina Sato", SHIPPED],
    ["Jon Abara", KEPT],
  ]);
  await api.read(PROJECT);
});

test("a claim says why it is made, and a chart is a table, by keyboard alone", async () => {
  const page = await open(`/projects/${encodeURIComponent(PAYMENT)}`);
  const why = page.getByRole("button", { name: said.why }).first();
  await why.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => why.getAttribute("aria-expanded")).toBe("true");
  await page
    .locator(`[id="${await why.getAttribute("aria-controls")}"]`)
    .getByText(/\S/)
    .first()
    .waitFor();

  const parts = page.getByRole("tablist", { name: said.parts });
  await parts.getByRole("tab", { name: said.tab_dossier }).focus();
  for (const next of [said.tab_commitments, said.tab_decisions, said.tab_questions, said.tab_metrics]) {
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => parts.getByRole("tab", { selected: true }).textContent()).toBe(next);
  }

  await page.getByText(words.en.common.as_table).first().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const table = page
    .getByRole("region")
    .filter({ has: page.getByRole("table") })
    .first();
  await expect.poll(() => table.evaluate((region) => region === document.activeElement)).toBe(true);
});

test("an item that a person adds stands on its line, and is merged and parted again", async () => {
  let page = await open(`/meetings/${meeting}`);
  await page.getByRole("button", { name: words.en.meeting.add_item }).click();
  const form = page.getByRole("dialog", { name: words.en.meeting.add_item });
  await form.getByLabel(words.en.meeting.item_line).fill("quilgate");
  await form.getByRole("radio", { name: KEPT }).check();
  await form.getByLabel(said.field_text).fill("We keep the quillgate.");
  await form.getByRole("button", { name: words.en.meeting.add, exact: true }).click();
  await page.getByRole("button", { name: "We keep the quillgate." }).waitFor();

  page = await open(`/projects/${encodeURIComponent(PROJECT)}#decisions`);
  const decisions = page.getByRole("article");
  await decisions.filter({ hasText: "We keep the quillgate." }).getByRole("button", { name: KEPT }).waitFor();
  expect(await decisions.count()).toBe(2);

  const added = decisions.filter({ hasText: "We keep the quillgate." });
  await added.getByRole("button", { name: /^Edit/ }).click();
  await page.getByText(said.merge, { exact: true }).click();
  await page.getByRole("radio", { name: SHIPPED }).check();
  await page.getByRole("button", { name: said.merge_go }).click();
  await expect.poll(() => decisions.count()).toBe(1);

  await page.getByText(/^How it came about/).click();
  await decisions.getByRole("button", { name: words.en.common.undo }).click();
  await expect.poll(() => decisions.count()).toBe(2);
});

test("two statements that conflict are judged beside each other, and that is taken back", async () => {
  const project = "Disputed";
  await meet(api, project, "First", [["Mina Sato", SHIPPED]], "2026-03-02");
  const against = "I still say we ship the release on April 17, that is the decision.";
  await meet(api, project, "Second", [["Jon Abara", against]], "2026-03-09");
  await api.read(project);
  const page = await open(`/compare?project=${project}`);
  const conflict = page.locator("#conflicts").getByRole("article");
  await conflict.getByRole("button", { name: words.en.ledger.holds_not }).click();
  await expect.poll(() => conflict.count()).toBe(0);
  await page.getByRole("button", { name: words.en.common.undo }).click();
  await conflict.waitFor();
});
