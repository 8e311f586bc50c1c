/** What the address of the screen says. */
export interface Asked {
  project?: string;
  from?: string;
  to?: string;
  week?: string;
}

export type By = "meeting" | "week" | "month";

/** Two periods to compare, as the server understands them: days of meetings, ISO weeks, or months. */
export interface Choice {
  by: By;
  from: string;
  to: string;
}

/** A meeting as far as the choice needs it. */
export interface Dated {
  id: string;
  title: string;
  date: string;
}

/** A day, a week or a month that can be chosen, with the meetings that were held in it. */
export interface Period {
  value: string;
  meetings: Dated[];
}

const WEEK = /^(\d{4})-W(\d{2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** The ISO week of a day, as 2026-W11. */
export function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(number).padStart(2, "0")}`;
}

/** The first and the last day of an ISO week or of a month; null for another text. */
export function daysOf(period: string): [string, string] | null {
  const [, monthYear, month] = MONTH.exec(period) ?? [];
  if (monthYear !== undefined && month !== undefined) {
    const [year, at] = [Number(monthYear), Number(month)];
    return [dayAt(Date.UTC(year, at - 1, 1)), dayAt(Date.UTC(year, at, 0))];
  }
  const [, year, number] = WEEK.exec(period) ?? [];
  if (year === undefined || number === undefined) return null;
  const fourth = new Date(Date.UTC(Number(year), 0, 4)); // always in the first week
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY_MS + (Number(number) - 1) * 7 * DAY_MS;
  return [dayAt(monday), dayAt(monday + 6 * DAY_MS)];
}

/** How the periods are written that an address names. */
function byOf(period: string): By {
  if (WEEK.test(period)) return "week";
  return MONTH.test(period) ? "month" : "meeting";
}

/** The period of a day. */
function periodOf(by: By, day: string): string {
  if (by === "week") return weekOf(day);
  return by === "month" ? day.slice(0, "2026-03".length) : day;
}

/** The week before a week, the month before a month. */
export function before(period: string): string {
  const days = daysOf(period);
  return days === null ? period : periodOf(byOf(period), dayAt(Date.parse(days[0]) - DAY_MS));
}

/** The days, the weeks or the months that have meetings, the newest first. */
export function periods(by: By, meetings: readonly Dated[]): Period[] {
  const found = new Map<string, Dated[]>();
  for (const meeting of meetings) {
    const value = periodOf(by, meeting.date);
    found.set(value, [...(found.get(value) ?? []), meeting]);
  }
  return [...found].map(([value, held]) => ({ value, meetings: held })).sort((a, b) => (a.value < b.value ? 1 : -1));
}

/** The newest period with the one before it; a week or a month always has one before it, a day only where there is another. */
export function newest(by: By, meetings: readonly Dated[]): Choice | null {
  const [to, from] = periods(by, meetings);
  if (to === undefined) return null;
  if (from !== undefined) return { by, from: from.value, to: to.value };
  return by === "meeting" ? null : { by, from: before(to.value), to: to.value };
}

/**
 * What an address asks for, the earlier one first; the last two days of meetings where it says nothing, null where there
 * are no two.
 */
export function choiceOf({ from, to, week }: Asked, meetings: readonly Dated[]): Choice | null {
  if (week !== undefined) return { by: "week", from: before(week), to: week };
  if (from === undefined || to === undefined) return newest("meeting", meetings);
  const named = (text: string) => meetings.find((meeting) => meeting.id === text)?.date ?? text;
  const by = byOf(from) === byOf(to) ? byOf(to) : "meeting";
  const [earlier, later] = [named(from), named(to)];
  return earlier <= later ? { by, from: earlier, to: later } : { by, from: later, to: earlier };
}

/** A choice as the address says it, and as the server is asked. */
export function askedOf({ by, from, to }: Choice): Omit<Asked, "project"> {
  return by === "week" && from === before(to) ? { week: to } : { from, to };
}

/** The choice with another later period; the earlier one goes back where it would not be earlier any more. */
export function withLater(choice: Choice, to: string, meetings: readonly Dated[]): Choice {
  if (choice.from < to) return { ...choice, to };
  const from = periods(choice.by, meetings).find((period) => period.value < to)?.value;
  return { ...choice, to, from: from ?? before(to) };
}

function dayAt(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
