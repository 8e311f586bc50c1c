import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

const MOST_STOPS = 250;
// the screen and a dialog have the focus as a whole; a caret and a highlighted entry are seen by themselves
const SEEN = `main, [role=dialog], [role=alertdialog], [role^=menu], textarea,
  input:is(:not([type]), [type=text], [type=date], [type=time])`;

/** Somebody without a mouse. After whatever they press, the focus is somewhere, and is seen. */
export class Keyboard {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Presses keys one after the other. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.seesFocus();
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    await this.seesFocus();
  }

  /** Goes on, or back, until something has the focus. */
  async reach(wanted: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await wanted.waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await this.isAt(wanted)) return;
      await this.press(key);
    }
    throw new Error(`${wanted} is not reached by ${key}`);
  }

  isAt(wanted: Locator): Promise<boolean> {
    return wanted.evaluate((element) => element === document.activeElement);
  }

  /** Waits until something has the focus. */
  async arrives(wanted: Locator): Promise<void> {
    await expect.poll(() => this.isAt(wanted)).toBe(true);
    await this.seesFocus();
  }

  async seesFocus(): Promise<void> {
    await expect.poll(() => this.page.evaluate(faultOfFocus, SEEN)).toBe("");
  }
}

/** What is wrong with where the focus is; empty where nothing is. */
function faultOfFocus(seen: string): string {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return "nothing has the focus";
  const name = focused.outerHTML.slice(0, 120);
  if (!focused.checkVisibility()) return `what has the focus is hidden: ${name}`;
  if (focused.matches(seen)) return "";
  const marked = [focused, focused.parentElement, focused.nextElementSibling].some(
    (one) => one !== null && getComputedStyle(one).outlineStyle !== "none",
  );
  return marked ? "" : `the focus is not seen on ${name}`;
}
