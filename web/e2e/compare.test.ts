import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { PAYMENT } from "./harness/samples.ts";
import { open, withBrowser, words } from "./harness/test.ts";

withBrowser();

for (const language of ["zh", "en"] as const) {
  test(`two weeks side by side, and the evidence of both opens: ${language}`, async () => {
    const said = words[language].compare;
    const page = await open(`/compare?project=${encodeURIComponent(PAYMENT)}&week=2026-W11`, { language });
    const [before, after] = [said.before, said.after].map((name) => page.getByRole("heading", { name, exact: true }));
    if (!before || !after) throw new Error("there are two sides");
    // a matter that both weeks speak of
    const matter = page
      .getByRole("article")
      .filter({ has: before.locator("xpath=..").getByRole("button") })
      .filter({ has: after.locator("xpath=..").getByRole("button") })
      .first();
    const days = [await opened(matter, 0), await opened(matter, -1)];
    expect(days).toEqual(["2026-03-02", "2026-03-09"]);
  });
}

test("months are compared by keyboard too, and what stands below is one step away", async () => {
  const said = words.en.compare;
  const page = await open(`/compare?project=${encodeURIComponent(PAYMENT)}`, { language: "en" });
  await page.getByRole("radio", { name: said.by_month }).focus();
  await page.keyboard.press("Space");
  await page.waitForURL(/from=2026-02&to=2026-03/);
  expect(await page.getByLabel(said.later).locator("option").allInnerTexts()).toEqual([
    expect.stringMatching(/^March 2026 /),
  ]);
  await page.getByRole("link", { name: said.gantt }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/#gantt$/);
  await page.getByRole("region", { name: said.gantt }).getByRole("button").first().waitFor();
});

/** Opens a quote of a matter in the panel; gives the day that it is of. */
async function opened(matter: Locator, at: number): Promise<string | null> {
  const quote = matter
    .getByRole("button")
    .filter({ has: matter.page().locator("time") })
    .nth(at);
  const quoted = (await quote.locator("[dir=auto]").textContent()) ?? "";
  await quote.click();
  const panel = matter.page().getByRole("dialog");
  await panel
    .getByText(quoted.split("\n")[0] ?? "")
    .first()
    .waitFor();
  await matter.page().keyboard.press("Escape");
  return quote.locator("time").getAttribute("datetime");
}
