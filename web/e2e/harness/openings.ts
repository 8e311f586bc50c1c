import type { Page } from "playwright-core";
import { words } from "../../src/words/index.ts";
import type { Language } from "./browser.ts";

type Words = (typeof words)[Language];

/** Something that opens on a screen: the button of it, or its keys, and the entry to choose if that is of a menu. */
export interface Opening {
  /** The name of the screen among the places. */
  place: string;
  button?: (words: Words) => string;
  keys?: string;
  entry?: (words: Words) => string;
  /** What there is then. */
  role: "dialog" | "alertdialog" | "menu";
  /** Whether it is there on narrow pages only. */
  narrow?: boolean;
}

/** What opens on the screens: menus, dialogs, drawers, the palette, the panel of evidence. */
export const OPENINGS: Opening[] = [
  { place: "ask", keys: "Control+k", role: "dialog" },
  { place: "ask", button: ({ common }) => common.menu, role: "dialog", narrow: true },
  { place: "ask", button: ({ ask }) => ask.history, role: "dialog", narrow: true },
  { place: "conversation", button: ({ ask }) => ask.evidence_n, role: "dialog" },
  { place: "conversation", button: ({ ask }) => ask.other_tier, role: "menu" },
  { place: "meetings", button: ({ uploads }) => uploads.record, role: "dialog" },
  { place: "meeting", button: ({ meeting }) => meeting.edit_facts, role: "dialog" },
  { place: "meeting", button: ({ meeting }) => meeting.more, role: "menu" },
  { place: "meeting", button: ({ meeting }) => meeting.beside, role: "dialog", narrow: true },
  ...(["rehear", "tell", "shortcuts"] as const).map(
    (entry): Opening => ({
      place: "meeting",
      button: ({ meeting }) => meeting.more,
      entry: ({ meeting }) => meeting[entry],
      role: "dialog",
    }),
  ),
  {
    place: "meeting",
    button: ({ meeting }) => meeting.more,
    entry: ({ meeting }) => meeting.delete_meeting,
    role: "alertdialog",
  },
  { place: "projects", button: ({ project }) => project.new, role: "dialog" },
  { place: "project", button: ({ common }) => common.save_as, role: "menu" },
  {
    place: "project",
    button: ({ project }) => project.menu_of,
    entry: ({ project }) => project.delete,
    role: "alertdialog",
  },
  { place: "glossary", button: ({ glossary }) => glossary.add, role: "dialog" },
  { place: "glossary", button: ({ glossary }) => glossary.delete_term, role: "alertdialog" },
  { place: "settings", button: ({ settings }) => settings.reindex_do, role: "alertdialog" },
];

/** What something that opens is called in reports. */
export function nameOf({ place, keys, button, entry }: Opening): string {
  return [place, keys, button?.(words.en), entry?.(words.en)].filter(Boolean).join(", ");
}

/** Opens something by the keyboard; gives what was opened, and the button that did, where there is one. */
export async function openUp(page: Page, { button, keys, entry, role }: Opening, language: Language) {
  const opener = button && page.getByRole("button", { name: saying(button(words[language])) }).first();
  await opener?.focus();
  await page.keyboard.press(keys ?? "Enter");
  if (entry) {
    await page.getByRole("menuitem", { name: saying(entry(words[language])) }).focus();
    await page.keyboard.press("Enter");
  }
  const opened = page.getByRole(role);
  await opened.waitFor();
  return { opened, opener };
}

/** Words of the app as a pattern: what they leave open can be anything. */
function saying(text: string): RegExp {
  const parts = text.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
