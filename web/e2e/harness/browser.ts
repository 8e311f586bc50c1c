import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumPath } from "./paths.ts";

export type Language = "zh" | "en";
export type Theme = "light" | "dark";

/** How a page is looked at. */
export interface Look {
  language?: Language;
  theme?: Theme;
  size?: { width: number; height: number };
  /** Leaves the page's own policy out, for tools that write styles into pages. */
  unguarded?: boolean;
}

export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** A page that is looked at, and what went wrong in it. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  /** Errors of scripts, and what the page's own policy stopped. */
  troubles: string[];
}

/** Chromium; its microphone is a made-up one. */
export function openBrowser(): Promise<Browser> {
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath: chromiumPath(),
    args: ["--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required", ...root],
  });
}

/** Opens an address as somebody who never was here before. */
export async function visit(browser: Browser, address: string, look: Look = {}): Promise<Visit> {
  const { language = "en", theme = "light", size = WIDE, unguarded = false } = look;
  const context = await browser.newContext({
    viewport: size,
    locale: language === "zh" ? "zh-CN" : "en-GB",
    colorScheme: theme,
    reducedMotion: "reduce",
    bypassCSP: unguarded,
  });
  await context.addInitScript(rememberSounds);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text())) {
      troubles.push(message.text());
    }
  });
  await page.goto(address);
  return { page, context, troubles };
}

declare global {
  interface Window {
    /** Everything that can sound in a page, since players need not be in its document. */
    sounds: HTMLAudioElement[];
  }
}

function rememberSounds() {
  window.sounds = [];
  window.Audio = class extends Audio {
    constructor(src?: string) {
      super(src);
      window.sounds.push(this);
    }
  };
}

/** What plays in a page: the address of the recording and the second it is at; null while nothing does. */
export function sounding(page: Page): Promise<{ source: string; second: number } | null> {
  return page.evaluate(() => {
    const playing = window.sounds.find((sound) => sound.currentSrc && !sound.paused && sound.currentTime > 0);
    return playing ? { source: playing.currentSrc, second: playing.currentTime } : null;
  });
}
