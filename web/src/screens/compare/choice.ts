/** What the address of the screen says. */
export interface Asked {
  project?: string;
  from?: string;
  to?: string;
  week?: string;
}

export type By = "meeting" | "week";

/** Two periods to compare, as the server understands them: days of meetings, or ISO weeks. */
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

/** A day or a week that can be chosen, with the meetings that were held in it. */
export interface Period {
  value: string;
  meetings: Dated[];
}

const WEEK = /^(\d{4})-W(\d{2})$/;
const DAY_MS = 86_400_000;

/** The ISO week of a day, as 2026-W11. */
export function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(number).padStart(2, "0")}`;
}

/** The first and the last day of an ISO week; null for another text. */
export function daysOf(week: string): [string, string] | null {
  const [, year, number] = WEEK.exec(week) ?? [];
  if (year === undefined || number === undefined) return null;
  const fourth = new Date(Date.UTC(Number(year), 0, 4)); // always in the first week
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY_MS + (Number(number) - 1) * 7 * DAY_MS;
  return [dayAt(monday), dayAt(monday + 6 * DAY_MS)];
}

/** The ISO week before a week. */
export function weekBefore(week: string): string {
  const days = daysOf(week);
  return days === null ? week : weekOf(dayAt(Date.parse(days[0]) - DAY_MS));
}

/** The days or the weeks that have meetings, the newest first. */
export function periods(by: By, meetings: readonly Dated[]): Period[] {
  const found = new Map<string, Dated[]>();
  for (const meeting of meetings) {
    const value = by === "week" ? weekOf(meeting.date) : meeting.date;
    found.set(value, [...(found.get(value) ?? []), meeting]);
  }
  return [...found].map(([value, held]) => ({ value, meetings: held })).sort((a, b) => (a.value < b.value ? 1 : -1));
}

/** The newest period with the one before it; a week always has one before it, a day only where there is another. */
export function newest(by: By, meetings: readonly Dated[]): Choice | null {
  const [to, from] = periods(by, meetings);
  if (to === undefined) return null;
  if (from !== undefined) return { by, from: from.value, to: to.value };
  return by === "week" ? { by, from: weekBefore(to.value), to: to.value } : null;
}

/**
 * What an address asks for, the earlier one first; the last two days of meetings where it says nothing, null where there
 * are no two.
 */
export function choiceOf({ from, to, week }: Asked, meetings: readonly Dated[]): Choice | null {
  if (week !== undefined) return { by: "week", from: weekBefore(week), to: week };
  if (from === undefined || to === undefined) return newest("meeting", meetings);
  const named = (text: string) => meetings.find((meeting) => meeting.id === text)?.date ?? text;
  const by = WEEK.test(from) && WEEK.test(to) ? "week" : "meeting";
  const [earlier, later] = [named(from), named(to)];
  return earlier <= later ? { by, from: earlier, to: later } : { by, from: later, to: earlier };
}

/** A choice as the address says it, and as the server is asked. */
export function askedOf({ by, from, to }: Choice): Omit<Asked, "project"> {
  return by === "week" && from === weekBefore(to) ? { week: to } : { from, to };
}

/** The choice with another later period; the earlier one goes back where it would not be earlier any more. */
export function withLater(choice: Choice, to: string, meetings: readonly Dated[]): Choice {
  if (choice.from < to) return { ...choice, to };
  const from = periods(choice.by, meetings).find((period) => period.value < to)?.value;
  return { ...choice, to, from: from ?? weekBefore(to) };
}

function dayAt(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
