import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { type Look, PHONE, WIDE } from "./harness/browser.ts";
import { overflow, type Place, places, settled } from "./harness/places.ts";
import { api, open, withBrowser } from "./harness/test.ts";

declare const axe: { run(): Promise<AxeResults> };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const LOOKS: Required<Omit<Look, "unguarded">>[] = [
  { language: "zh", theme: "light", size: WIDE },
  { language: "en", theme: "dark", size: WIDE },
  { language: "en", theme: "light", size: PHONE },
  { language: "zh", theme: "dark", size: PHONE },
];

withBrowser();
let all: Place[];
beforeAll(async () => {
  all = await places(api, "none");
});

for (const look of LOOKS) {
  test(`every screen is accessible and as wide as the window: ${look.language}, ${look.theme}, ${look.size.width} px`, async () => {
    const page = await open("/", { ...look, unguarded: true });
    const found: Record<string, string[]> = {};
    for (const { name, path } of all) {
      await page.goto(api.url + path);
      await settled(page);
      const faults = await violations(page);
      if ((await overflow(page)) > 0) faults.push("wider than the window");
      if (faults.length > 0) found[name] = faults;
    }
    expect(found).toEqual({});
  });
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
}
