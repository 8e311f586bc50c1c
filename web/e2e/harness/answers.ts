import type { Page } from "playwright-core";
import { words } from "../../src/words/index.ts";
import type { Language } from "./browser.ts";

/** Waits until the answer to the latest question is complete. */
export async function answered(page: Page, language: Language = "en"): Promise<void> {
  const said = page.getByText(words[language].ask.finished, { exact: true });
  await said.waitFor({ state: "attached", timeout: 200_000 });
}
