import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type Language, openBrowser, type Theme, visit } from "./harness/browser.ts";
import { checkPrepared, PICTURES } from "./harness/paths.ts";
import { type Place, places, settled } from "./harness/places.ts";
import { sampleServer } from "./harness/samples.ts";
import type { Server } from "./harness/server.ts";

const LANGUAGES: Language[] = ["zh", "en"];
const THEMES: Theme[] = ["light", "dark"];
const USER = "/home/mina";

/** Takes a picture of every screen, in both languages, by day and by night. */
async function takePictures(): Promise<void> {
  checkPrepared();
  await mkdir(PICTURES, { recursive: true });
  const { server, api, end } = await sampleServer();
  const browser = await openBrowser();
  try {
    const all = await places(api);
    for (const language of LANGUAGES) {
      for (const theme of THEMES) await takeAll(browser, server, all, language, theme);
    }
  } finally {
    await browser.close();
    await end();
  }
}

async function takeAll(browser: Browser, server: Server, all: Place[], language: Language, theme: Theme) {
  const { page, context } = await visit(browser, server.url, { language, theme });
  await showAsOfUser(context, server.home);
  for (const { name, path } of all) {
    await page.goto(server.url + path);
    await settled(page);
    // a waveform comes when everything else is there
    await page.waitForLoadState("networkidle");
    await takePicture(page, `${PICTURES}/${name}-${language}-${theme}.webp`);
  }
  await context.close();
}

/** Shows the settings with the folders of a user in place of those of this run. */
async function showAsOfUser(context: BrowserContext, home: string): Promise<void> {
  await context.route("**/api/v1/settings", async (route) => {
    const response = await route.fetch();
    const told = (await response.text()).replaceAll(home, `${USER}/.huimai`).replaceAll(homedir(), USER);
    await route.fulfill({ response, body: told });
  });
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
