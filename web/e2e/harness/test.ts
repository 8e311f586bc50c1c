import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { words } from "../../src/words/index.ts";
import { Api } from "./api.ts";
import { type Look, openBrowser, type Visit, visit } from "./browser.ts";

/** The words of the app, by language. */
export { words };

/** The server over the sample meetings. */
export const api = new Api(inject("url"));

let browser: Browser;
let visits: Visit[] = [];

/** Gives the tests of a file a browser; a test fails where a script failed or the page's policy stopped something. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const troubles = visits.flatMap((one) => one.troubles);
    await Promise.all(visits.map((one) => one.context.close()));
    visits = [];
    expect(troubles).toEqual([]);
  });
}

/** Opens a screen of the server over the sample meetings, or of another one. */
export async function open(path: string, look: Look = {}, url = api.url): Promise<Visit["page"]> {
  const opened = await visit(browser, `${url}${path}`, look);
  visits.push(opened);
  return opened.page;
}
