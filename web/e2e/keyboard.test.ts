import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sounding } from "./harness/browser.ts";
import { Keyboard } from "./harness/keyboard.ts";
import { settled } from "./harness/places.ts";
import { clip } from "./harness/recordings.ts";
import { meet } from "./harness/said.ts";
import { freshFolder, PAYMENT } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";

const { ask, common, compare, ledger, meeting: said, palette, project: dossier, uploads } = words.en;

withBrowser();

test("past the menu to a project, from there to an answer, its evidence and its sound, and back", async () => {
  const page = await open("/meetings");
  await settled(page);
  const keyboard = new Keyboard(page);
  await keyboard.press("Tab", "Enter");
  await keyboard.arrives(page.locator("#main"));

  await keyboard.press("Control+k");
  await keyboard.arrives(page.getByPlaceholder(palette.placeholder));
  await keyboard.type(PAYMENT);
  await page.getByRole("option", { name: PAYMENT, selected: true }).waitFor();
  await keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: PAYMENT }).waitFor();
  await keyboard.arrives(page.locator("#main"));
  await keyboard.reach(page.getByRole("link", { name: dossier.ask_about, exact: true }).last());
  await keyboard.press("Enter");

  await keyboard.arrives(page.getByRole("textbox", { name: ask.question }));
  await keyboard.type("压测的预算现在是多少？");
  await keyboard.press("Enter");
  const mark = page.getByRole("button", { name: /^Evidence 1:/ }).first();
  await mark.waitFor({ timeout: 120_000 });
  await keyboard.reach(mark, "Shift+Tab");
  await keyboard.press("Enter");
  const panel = page.getByRole("dialog");
  await keyboard.arrives(panel.getByRole("button", { name: common.close }));
  await expect.poll(() => sounding(page)).not.toBeNull();
  await keyboard.press("Escape");
  await keyboard.arrives(mark);
});

test("a meeting is heard, gone through and searched by its keys", async () => {
  const [meeting] = await api.meetings(PAYMENT);
  const page = await open(`/meetings/${meeting?.id}`);
  await settled(page);
  const keyboard = new Keyboard(page);
  await keyboard.press("Tab", "Enter", " ");
  await expect.poll(() => sounding(page)).not.toBeNull();
  await keyboard.press("k");
  await expect.poll(() => sounding(page)).toBeNull();
  await keyboard.press("ArrowDown", "ArrowDown", "ArrowUp");
  const line = page.locator("[data-line]");
  await keyboard.arrives(line.nth(1));
  await keyboard.press("Enter");
  await expect.poll(() => sounding(page)).not.toBeNull();
  const before = (await sounding(page))?.second ?? 0;
  await keyboard.press("l", "l");
  await expect.poll(async () => (await sounding(page))?.second ?? 0).toBeGreaterThan(before + 8);
  await keyboard.press("j", "j", "j", " ");
  await expect.poll(() => sounding(page)).toBeNull();

  const find = page.getByRole("searchbox", { name: said.find });
  await keyboard.reach(find, "Shift+Tab");
  await keyboard.type("预算");
  const found = page.getByRole("search").getByRole("status");
  await found.getByText(/^0\/[1-9]/).waitFor();
  await keyboard.press("Enter");
  await found.getByText(/^1\/[1-9]/).waitFor();
  await keyboard.press("Escape");
});

test("a line is edited, and the edit is taken back", async () => {
  const meeting = await meet(api, "By keyboard", "Weekly", [
    ["Mina", "We ship on April 17."],
    ["Jon", "Then I send the budgit by Friday."],
  ]);
  const page = await open(`/meetings/${meeting}`);
  await settled(page);
  const keyboard = new Keyboard(page);
  await keyboard.press("Tab", "Enter", "ArrowDown", "e");
  const text = page.getByRole("textbox", { name: said.edit_line });
  await keyboard.arrives(text);
  await keyboard.press("Control+a");
  await keyboard.type("Then I send the budget by Friday.");
  await keyboard.press("Enter");
  const transcript = page.getByRole("list", { name: said.transcript });
  await transcript.getByText("the budget by Friday").waitFor();
  await page.getByText(said.text_corrected, { exact: true }).waitFor();
  await keyboard.arrives(page.locator("[data-line]").nth(1));
  await keyboard.press("u");
  await page.getByText(said.undone, { exact: true }).waitFor();
  await transcript.getByText("the budgit by Friday").waitFor();
  await keyboard.seesFocus();
});

test("two weeks are chosen, and a link between what they say is judged", async () => {
  const page = await open("/compare");
  const keyboard = new Keyboard(page);
  await keyboard.reach(page.getByRole("main").getByRole("link", { name: PAYMENT }));
  await keyboard.press("Enter");
  const weeks = page.getByRole("radio", { name: compare.by_week });
  await keyboard.reach(page.getByRole("radio", { name: compare.by_meeting }));
  await keyboard.press("ArrowRight");
  await keyboard.arrives(weeks);
  await keyboard.reach(page.getByRole("combobox", { name: compare.later }));
  await keyboard.type("2026-W11");
  await expect.poll(() => page.url()).toContain("2026-W11");

  const links = page.getByRole("list", { name: compare.links }).first();
  const right = links.getByRole("button", { name: ledger.holds, exact: true });
  await keyboard.reach(right);
  await keyboard.press("Enter");
  await links.getByText(ledger.confirmed).waitFor();
  const undo = links.getByRole("button", { name: common.undo });
  await keyboard.arrives(undo);
  await keyboard.press("Enter");
  await keyboard.arrives(right);
});

test("a file is uploaded", async () => {
  const folder = await freshFolder();
  const file = await clip("B_en_atlas_mobile/2026-03-04.m4a", join(folder, "2026-03-04 standup.wav"), 5, 15);
  const page = await open("/meetings");
  await settled(page);
  const keyboard = new Keyboard(page);
  const add = page.getByRole("button", { name: uploads.add_files });
  const chooser = page.waitForEvent("filechooser");
  await keyboard.reach(add);
  await keyboard.press("Enter");
  await (await chooser).setFiles(file);
  const dialog = page.getByRole("dialog", { name: uploads.add_files });
  await keyboard.arrives(dialog.getByLabel(uploads.project));
  await keyboard.type("Standups");
  await keyboard.reach(dialog.getByRole("button", { name: uploads.start.replace("{{files}}", "1") }));
  await keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await keyboard.arrives(add);
  const made = page.getByRole("main").getByRole("link", { name: common.open_meeting });
  await keyboard.reach(made);
  await keyboard.press("Enter");
  await page.waitForURL("**/meetings/*");
  await keyboard.seesFocus();
  await rm(folder, { recursive: true });
});

test("a recording is begun and thrown away", async () => {
  const page = await open("/meetings");
  await page.context().grantPermissions(["microphone"]);
  await settled(page);
  const keyboard = new Keyboard(page);
  await keyboard.reach(page.getByRole("button", { name: uploads.record, exact: true }));
  await keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: uploads.record_title });
  await keyboard.arrives(dialog.getByLabel(uploads.project));
  await keyboard.type("Standups");
  await keyboard.reach(dialog.getByRole("button", { name: uploads.begin }));
  await keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  const running = page.getByRole("region", { name: uploads.record_title });
  await keyboard.reach(running.getByRole("button", { name: uploads.pause_recording }));
  await keyboard.press("Enter");
  await keyboard.reach(running.getByRole("button", { name: uploads.discard_recording }));
  await keyboard.press("Enter");
  const asked = page.getByRole("alertdialog");
  await keyboard.reach(asked.getByRole("button", { name: uploads.discard_recording }));
  await keyboard.press("Enter");
  await running.waitFor({ state: "detached" });
  await keyboard.seesFocus();
});

test("language and theme are switched where the focus is", async () => {
  const page = await open("/settings");
  await settled(page);
  const keyboard = new Keyboard(page);
  await keyboard.reach(page.getByRole("button", { name: "中文" }));
  await keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
  await keyboard.arrives(page.getByRole("button", { name: "English" }));
  expect(await page.title()).toContain(words.zh.common.settings);
  await keyboard.press("Tab", "Enter");
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  await keyboard.arrives(page.getByRole("button", { name: words.zh.common.light, exact: true }));
});
