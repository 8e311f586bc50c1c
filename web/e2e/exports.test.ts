import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { PAYMENT } from "./harness/samples.ts";
import { api, open, withBrowser, words } from "./harness/test.ts";

const { common, compare } = words.en;
const project = encodeURIComponent(PAYMENT);

/** How a whole file of a format begins, what stands in it, and how it ends. */
const WHOLE = {
  md: [/^# /, /支付网关升级/, /\n$/],
  html: [/^<!doctype html>/i, /支付网关升级/, /<\/html>\s*$/],
  docx: [/^PK/, /word\/document\.xml/, /PK[\s\S]{20}$/],
  pdf: [/^%PDF-1\./, /\/Page\b/, /startxref\s+\d+\s+%%EOF\s*$/],
  ics: [/^BEGIN:VCALENDAR\r\n/, /BEGIN:VEVENT[\s\S]*END:VEVENT/, /END:VCALENDAR\r\n$/],
  json: [/^\{/, /"支付网关升级"/, /\}\s*$/],
} as const;

const FORMATS = ["md", "html", "docx", "pdf", "ics", "json"] as const;

withBrowser();

test.each([
  ["a dossier", `/projects/${project}`],
  ["a comparison", `/compare?project=${project}&week=2026-W11`],
])("%s is saved whole in every format", async (_, path) => {
  const page = await open(path);
  for (const format of FORMATS) {
    const file = await saved(page, common[`format_${format}`]);
    for (const part of WHOLE[format]) expect(file, format).toMatch(part);
    if (format === "json") expect(JSON.parse(file).project).toBe(PAYMENT);
  }
});

test("a report is kept, opened and deleted; one is planned for every week, and ended", async () => {
  const page = await open(`/compare?project=${project}&week=2026-W11`);
  const kept = page.getByRole("region", { name: compare.reports }).getByRole("article");
  await page.getByRole("button", { name: compare.keep }).click();
  await kept.getByText(compare.state_current).waitFor();
  const address = await kept.getByRole("link", { name: compare.open_report }).getAttribute("href");
  const bytes = await api.bytes((address ?? "").replace("/api/v1", ""));
  expect(new TextDecoder().decode(bytes)).toMatch(/<\/html>\s*$/);
  await kept.getByRole("button", { name: /^Delete/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: common.delete }).click();
  await expect.poll(() => kept.count()).toBe(0);

  const weekly = page.getByRole("region", { name: compare.schedules });
  await weekly.getByLabel(compare.time).fill("08:30");
  await weekly.getByRole("button", { name: compare.add_schedule }).click();
  await weekly.getByRole("button", { name: /08:30/ }).click();
  await weekly.getByText(compare.no_schedules).waitFor();
});

/** Saves what a screen shows; gives the file as it is, or its bytes one a character where it is no text. */
async function saved(page: Page, format: string): Promise<string> {
  await page.getByRole("button", { name: common.save_as }).first().click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: format }).click(),
  ]);
  const bytes = await readFile(await download.path());
  return bytes.toString(/\.(docx|pdf)$/.test(download.suggestedFilename()) ? "latin1" : "utf8");
}
