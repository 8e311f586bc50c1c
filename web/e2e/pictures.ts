import { mkdir, writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { type Language, openBrowser, type Theme, visit } from "./harness/browser.ts";
import { checkPrepared, PICTURES } from "./harness/paths.ts";
import { type Place, places, settled } from "./harness/places.ts";
import { sampleServer } from "./harness/samples.ts";

const LANGUAGES: Language[] = ["zh", "en"];
const THEMES: Theme[] = ["light", "dark"];

/** Takes a picture of every screen, in both languages, by day and by night. */
async function takePictures(): Promise<void> {
  checkPrepared();
  await mkdir(PICTURES, { recursive: true });
  const { server, api, end } = await sampleServer();
  const browser = await openBrowser();
  try {
    const all = await places(api);
    for (const language of LANGUAGES) {
      for (const theme of THEMES) await takeAll(browser, server.url, all, language, theme);
    }
  } finally {
    await browser.close();
    await end();
  }
}

async function takeAll(browser: Browser, url: string, all: Place[], language: Language, theme: Theme): Promise<void> {
  const { page, context } = await visit(browser, url, { language, theme });
  for (const { name, path } of all) {
    await page.goto(url + path);
    await settled(page);
    await takePicture(page, `${PICTURES}/${name}-${language}-${theme}.webp`);
  }
  await context.close();
}

/** As WebP, a third of the size of a PNG. */
async function takePicture(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 85 });
  await session.detach();
  await writeFile(file, Buffer.from(data, "base64"));
  console.info(file);
}

await takePictures();
