import type { Browser, Page } from "playwright-core";
import { visit } from "../e2e/harness/browser.ts";
import { settled } from "../e2e/harness/places.ts";

const SCROLL_SECONDS = 5;
const PIXELS_A_FRAME = 120;

declare global {
  interface Window {
    seen: { lcp: number; cls: number; tasks: number[] };
  }
}

/** What a browser tells of the load of a page: milliseconds, a score, milliseconds. */
export interface Load {
  largestPaint: number;
  shift: number;
  longestTask: number;
}

/** Loads an address in a fresh browser profile, as the first page and with nothing in a cache. */
export async function load(browser: Browser, address: string): Promise<Load> {
  const page = await watched(browser, address);
  const { lcp, cls, tasks } = await page.evaluate(() => window.seen);
  await page.context().close();
  return { largestPaint: lcp, shift: cls, longestTask: Math.max(0, ...tasks) };
}

/** Asks a question and gives the longest task while its answer streams in, in milliseconds. */
export async function longestTaskWhileStreaming(browser: Browser, address: string, question: string): Promise<number> {
  const page = await watched(browser, address);
  await page.evaluate(() => {
    window.seen.tasks = [];
  });
  await page.getByRole("main").getByRole("textbox").first().fill(question);
  await page.keyboard.press("Enter");
  const coming = page.locator("[aria-busy=true]");
  await coming.waitFor();
  await coming.waitFor({ state: "detached", timeout: 200_000 });
  const longest = await page.evaluate(() => Math.max(0, ...window.seen.tasks));
  await page.context().close();
  return longest;
}

/** How smoothly what an address shows can be scrolled: frames a second, and the longest frame in milliseconds. */
export async function scroll(browser: Browser, address: string): Promise<{ rate: number; longest: number }> {
  const page = await watched(browser, address);
  // a long meeting comes in two parts
  await page.waitForLoadState("networkidle");
  const frames = await page.evaluate(scrollOn, { seconds: SCROLL_SECONDS, step: PIXELS_A_FRAME });
  await page.context().close();
  const total = frames.reduce((sum, frame) => sum + frame, 0);
  return { rate: (frames.length * 1000) / total, longest: Math.max(...frames) };
}

async function watched(browser: Browser, address: string): Promise<Page> {
  const { page, context } = await visit(browser, "about:blank");
  await context.addInitScript(watch);
  await page.goto(address);
  await settled(page);
  return page;
}

function watch() {
  window.seen = { lcp: 0, cls: 0, tasks: [] };
  const on = (type: string, see: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
  on("largest-contentful-paint", (entry) => {
    window.seen.lcp = entry.startTime;
  });
  on("layout-shift", (entry) => {
    const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!shift.hadRecentInput) window.seen.cls += shift.value;
  });
  on("longtask", (entry) => window.seen.tasks.push(entry.duration));
}

/** Scrolls the largest thing that scrolls, in the page; gives how long each frame took. */
function scrollOn({ seconds, step }: { seconds: number; step: number }): Promise<number[]> {
  const room = (element: Element) => element.scrollHeight - element.clientHeight;
  const able = [...document.querySelectorAll("*")].filter(
    (element) => element === document.scrollingElement || /auto|scroll/.test(getComputedStyle(element).overflowY),
  );
  const [largest] = able.sort((one, other) => room(other) - room(one));
  if (!largest || room(largest) < step * 60) throw new Error("there is nothing to scroll");
  return new Promise((resolve) => {
    const frames: number[] = [];
    const begun = performance.now();
    let before = begun;
    const next = (now: number) => {
      frames.push(now - before);
      before = now;
      largest.scrollTop += step;
      if (now - begun < seconds * 1000) requestAnimationFrame(next);
      else resolve(frames.slice(1));
    };
    requestAnimationFrame(next);
  });
}
