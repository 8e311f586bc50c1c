import type { Page } from "playwright-core";
import { words } from "../../src/words/index.ts";
import type { Language } from "./browser.ts";

/** Says where chosen files go, and uploads them. */
export async function sendTo(page: Page, project: string, language: Language = "en"): Promise<void> {
  const dialog = page.getByRole("dialog", { name: words[language].uploads.add_files });
  await dialog.getByLabel(words[language].uploads.project).fill(project);
  await dialog.getByRole("button", { name: words[language].uploads.start.replace("{{files}}", "1") }).click();
}

/** Chooses a file by a button that asks for one. */
export async function choose(page: Page, button: string | RegExp, file: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).first().click();
  await (await chooser).setFiles(file);
}

/** Drags a file from outside over the page and lets it go there, as a hand does. */
export async function drop(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 600, y: 400, data });
  }
  await session.detach();
}

/** Lets a page send no more than so many bytes a second. */
export async function throttle(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}
