import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { PHONE } from "./harness/browser.ts";
import { overflow, settled } from "./harness/places.ts";
import { clip, sha256Of } from "./harness/recordings.ts";
import { meet } from "./harness/said.ts";
import { emptyServer, freshFolder } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";

withBrowser();

const HTML = `<script>window.ran = 1</script><img src="nowhere" onerror="window.ran = 1">`;

test("markup in names and lines is shown as text, and nothing of it runs", async () => {
  const project = `Markup ${HTML}`;
  const meeting = await meet(api, project, `Title ${HTML}`, [
    [`Mina ${HTML}`, `We decided to ship on April 17. ${HTML}`],
    ["Jon", "I will send the <b>budget</b> by Friday."],
  ]);
  await api.read(project);
  const page = await open(`/meetings/${meeting}`);
  await page.getByText(`We decided to ship on April 17. ${HTML}`).first().waitFor();
  const name = encodeURIComponent(project);
  for (const path of [
    `/meetings/${meeting}`,
    `/projects/${name}`,
    `/meetings?project=${name}`,
    `/people?project=${name}`,
    `/compare?project=${name}`,
    `/glossary?project=${name}`,
    "/jobs",
  ]) {
    await page.goto(api.url + path);
    await settled(page);
    expect(await page.evaluate(markup), path).toBe(0);
  }
  await page.goto(`${api.url}/?project=${name}`);
  await page.getByRole("textbox", { name: words.en.ask.question }).fill("When do we ship?");
  await page.keyboard.press("Enter");
  const mark = page.getByRole("button", { name: /^Evidence 1:/ }).first();
  await mark.waitFor({ timeout: 120_000 });
  await mark.click();
  await page.getByRole("dialog").getByText(HTML).first().waitFor();
  expect(await page.evaluate(markup)).toBe(0);
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(words.en.palette.placeholder).fill("ship on April 17");
  await page.getByRole("option").filter({ hasText: HTML }).first().waitFor();
  expect(await page.evaluate(markup)).toBe(0);
});

/** How much of the markup has become a part of the page; what has run counts as well. */
function markup(): number {
  return document.querySelectorAll("body img[src=nowhere], #root script").length + ("ran" in window ? 1 : 0);
}

test("very long and right-to-left names fit a phone, and read in their own direction", async () => {
  const long = "Longnamewithoutanybreak".repeat(8);
  const arabic = "اجتماع الفريق الأسبوعي";
  const meeting = await meet(api, long, `${arabic} ${long}`, [
    ["عبد الرحمن", "نطلق الإصدار في ١٧ أبريل."],
    ["S".repeat(78), "https://example.org/".concat("a".repeat(300))],
  ]);
  await api.read(long);
  const page = await open("/", { size: PHONE });
  const wide: string[] = [];
  for (const path of [
    "/meetings",
    "/projects",
    `/projects/${long}`,
    `/meetings/${meeting}`,
    `/people?project=${long}`,
  ]) {
    await page.goto(api.url + path);
    await settled(page);
    if ((await overflow(page)) > 0) wide.push(path);
  }
  expect(wide).toEqual([]);
  await page.goto(`${api.url}/meetings/${meeting}`);
  const line = page.getByText("نطلق الإصدار").first();
  expect(await line.evaluate((element) => getComputedStyle(element.closest("[dir]") ?? element).direction)).toBe("rtl");
  const name = page.locator("bdi").filter({ hasText: "عبد الرحمن" }).first();
  expect(await name.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe("isolate");
});

test("a project that was deleted elsewhere: every screen says so, and goes on", async () => {
  const project = "Gone";
  const meeting = await meet(api, project, "Weekly", [["Mina", "We ship on April 17."]]);
  const asking = await open(`/?project=${project}`);
  const reading = await open(`/meetings/${meeting}`);
  await reading.getByText("We ship on April 17.").first().waitFor();
  await api.read(project);
  await api.remove(`/meetings/${meeting}`);
  await api.remove(`/projects/${project}`);

  await asking.getByRole("textbox", { name: words.en.ask.question }).fill("When do we ship?");
  await asking.keyboard.press("Enter");
  await asking.getByText(words.en.ask.gone).waitFor();
  await reading.reload();
  await reading.getByRole("alert").waitFor();
  await reading.goto(`${api.url}/projects/${project}`);
  await reading.getByText(words.en.project.gone).waitFor();
  await reading.goto(`${api.url}/compare?project=${project}`);
  await reading.getByText(words.en.compare.project_gone.replace("{{name}}", project)).waitFor();
  await reading.getByRole("navigation").getByRole("link", { name: words.en.common.meetings }).click();
  await reading.getByRole("heading", { level: 1, name: words.en.common.meetings }).waitFor();
});

test("a recording that is gone from the disk: the words are there, and the player says what is wrong", async () => {
  const folder = await freshFolder();
  const file = await clip("B_en_atlas_mobile/2026-03-11.m4a", join(folder, "2026-03-11.wav"), 5, 20);
  const [meeting] = await api.add("Silent", file, "en");
  const media = await readdir(join(inject("home"), "media"), { recursive: true });
  const hash = await sha256Of(file);
  for (const name of media.filter((one) => one.includes(hash))) await rm(join(inject("home"), "media", name));
  await rm(folder, { recursive: true });

  const page = await open(`/meetings/${meeting}`);
  await page.getByRole("list", { name: words.en.meeting.transcript }).getByRole("listitem").first().waitFor();
  await page
    .getByRole("button", { name: /^Play from/ })
    .first()
    .click();
  await page.getByText(words.en.common.cannot_play).first().waitFor();
});

test("a meeting that has words alone says so, and can be read", async () => {
  const meeting = await meet(api, "Words", "Weekly", [["Mina", "We ship on April 17."]]);
  const page = await open(`/meetings/${meeting}`);
  await page.getByText(words.en.common.no_recording).first().waitFor();
  await page.getByText("We ship on April 17.").first().waitFor();
});

test("a server that is gone: a screen says so, and goes on once it is back", async () => {
  const { server, end } = await emptyServer();
  const page = await open("/meetings", {}, server.url);
  await page.getByText(words.en.meetings.none).waitFor();
  await server.kill();
  await page.getByRole("navigation").getByRole("link", { name: words.en.common.jobs }).click();
  const alert = page.getByRole("alert").filter({ hasText: words.en.common.unreachable });
  await alert.first().waitFor();
  await server.restart();
  await alert.getByRole("button", { name: words.en.common.retry }).first().click();
  await page.getByText(words.en.jobs.none_active).waitFor();
  await end();
});
