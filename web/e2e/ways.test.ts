import { beforeAll, expect, test } from "vitest";
import type { Schemas } from "./harness/api.ts";
import { sounding } from "./harness/browser.ts";
import { settled } from "./harness/places.ts";
import { PAYMENT } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";

const LINE = 12;

withBrowser();

let meeting: Schemas["MeetingDocument"];
let line: { text: string; start: number };
beforeAll(async () => {
  const [first] = await api.meetings(PAYMENT);
  if (first === undefined) throw new Error("there are no sample meetings");
  meeting = first;
  const transcript = await api.get<{ utterances: { text: string; start: number }[] }>(
    `/meetings/${meeting.id}/transcript?format=json`,
  );
  const at = transcript.utterances[LINE];
  if (at === undefined) throw new Error("the sample meeting is too short");
  line = at;
});

test("the link of an exported document leads to its line, which plays from its second", async () => {
  const page = await open(`/#meeting=${meeting.id}&line=${LINE}&t=${line.start}`);
  await page.waitForURL(`**/meetings/${meeting.id}?**`);
  const row = page.getByRole("listitem").filter({ hasText: line.text }).first();
  await row.waitFor();
  await expect.poll(() => row.evaluate(inView)).toBe(true);
  await row.getByRole("button", { name: new RegExp(words.en.common.play_from.replace("{{time}}", "")) }).click();
  await expect.poll(async () => Math.abs(((await sounding(page))?.second ?? 0) - line.start)).toBeLessThan(5);
});

for (const language of ["zh", "en"] as const) {
  test(`by typing alone to a screen, a project, and what was said: ${language}`, async () => {
    const { common, palette } = words[language];
    const page = await open("/", { language });
    await settled(page);
    const type = async (text: string) => {
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder(palette.placeholder).fill(text);
    };
    await type(common.glossary);
    await page.getByRole("option", { name: common.glossary }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/glossary*");
    await page.getByRole("heading", { level: 1, name: common.glossary }).waitFor();

    await type(PAYMENT);
    await page.getByRole("group", { name: palette.projects }).getByRole("option").first().click();
    await page.waitForURL(`**/projects/${encodeURIComponent(PAYMENT)}*`);

    await type("压测的预算");
    await page.getByRole("group", { name: palette.said }).getByRole("option").first().click();
    await page.waitForURL("**/meetings/*line=*");
  });
}

test("the keyboard goes past the menu to the content, and the palette gives the focus back", async () => {
  const page = await open("/meetings");
  await settled(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  await page.keyboard.press("Tab");
  const before = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(words.en.palette.placeholder).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(before);
});

function inView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
