import type { Matter } from "./queries";

const DAY = 86_400_000;
const UNITS = [
  ["year", 365],
  ["month", 30.4],
  ["week", 7],
] as const;

/** Today as a date of the calendar. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** How many days a date lies ahead of another; negative when it is past. */
export const daysTo = (date: string, from: string) => Math.round((Date.parse(date) - Date.parse(from)) / DAY);

/** How far off a date is, in words: "tomorrow", "in 3 days", "2 months ago". */
export function farOff(date: string, from: string, language: string): string {
  const days = daysTo(date, from);
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (Math.abs(days) >= 2 * length) return words.format(Math.trunc(days / length), unit);
  }
  return words.format(days, "day");
}

/** How a matter stands that nothing more is to be done about. */
const OVER = new Set(["done", "answered", "resolved"]);

/** Whether something is still to be done about a matter. */
export const isOpen = (matter: Pick<Matter, "status">) => !OVER.has(matter.status);

/** Whether a matter should have been done by now. */
export const isOverdue = (matter: Pick<Matter, "status" | "due">, day: string) =>
  matter.due !== null && isOpen(matter) && daysTo(matter.due, day) < 0;
