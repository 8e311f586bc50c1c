import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { type Look, PHONE, WIDE } from "./harness/browser.ts";
import { Keyboard } from "./harness/keyboard.ts";
import { nameOf, OPENINGS, type Opening, openUp } from "./harness/openings.ts";
import { overflow, type Place, places, settled } from "./harness/places.ts";
import { api, open, withBrowser } from "./harness/test.ts";

declare const axe: { run(within?: string): Promise<AxeResults> };

type FullLook = Required<Omit<Look, "unguarded">>;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const LOOKS: FullLook[] = [
  { language: "zh", theme: "light", size: WIDE },
  { language: "en", theme: "dark", size: WIDE },
  { language: "en", theme: "light", size: PHONE },
  { language: "zh", theme: "dark", size: PHONE },
];
const MOST_FOLDS = 3;

withBrowser();
let all: Place[];
beforeAll(async () => {
  all = await places(api, "none");
});

for (const look of LOOKS) {
  test(`every screen and what opens on it is accessible and fits: ${look.language}, ${look.theme}, ${look.size.width} px`, async () => {
    const page = await open("/", { ...look, unguarded: true });
    const found: Record<string, string[]> = {};
    const note = async (name: string, within?: string) => {
      const faults = await violations(page, within);
      if ((await overflow(page)) > 0) faults.push("wider than the window");
      if (faults.length > 0) found[name] = faults;
    };
    for (const { name, path } of all) {
      await page.goto(api.url + path);
      await settled(page);
      await page.evaluate(AXE);
      await note(name);
      if (await unfold(page)) await note(`${name}, unfolded`, "main");
      for (const tab of await page.getByRole("tab").all()) {
        await tab.click();
        await settled(page);
        await note(`${name}, ${await tab.textContent()}`, "[role=tabpanel]");
      }
      for (const opening of OPENINGS.filter((one) => one.place === name && isThere(one, look))) {
        const { opened, opener } = await openUp(page, opening, look.language);
        await note(nameOf(opening), `[role=${opening.role}]`);
        await new Keyboard(page).press("Escape");
        await opened.waitFor({ state: "detached" });
        if (opener) await new Keyboard(page).arrives(opener);
      }
    }
    expect(found).toEqual({});
  });
}

const isThere = ({ narrow }: Opening, { size }: FullLook) => !narrow || size === PHONE;

/** Opens the folds of a screen, of many alike the first ones; says whether there are any. */
async function unfold(page: Page): Promise<boolean> {
  const folds = page
    .locator("main")
    .locator("details:not([open]) > summary, [aria-expanded=false]:not([aria-haspopup])");
  const count = Math.min(MOST_FOLDS, await folds.count());
  // one that is open is no longer among those that are closed
  for (let left = count; left > 0; left -= 1) await folds.first().press("Enter");
  await settled(page);
  return count > 0;
}

async function violations(page: Page, within?: string): Promise<string[]> {
  const { violations } = await page.evaluate((within) => axe.run(within), within);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
}
