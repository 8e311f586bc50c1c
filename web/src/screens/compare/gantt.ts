import type { Item } from "./queries";
import { formerly } from "./rows";

/** A commitment in time: from the day it was promised to the day it is due or was done. */
export interface Bar {
  item: Item;
  promised: string;
  due: string | null;
  /** The days it was due before, the oldest first. */
  wasDue: string[];
  done: string | null;
}

/** A stretch of days. `at` is where a day lies in it, in percent. */
export interface Scale {
  ticks: string[];
  /** The day that is marked: today, or where that is far away the day as of which is told. */
  mark: { day: string; today: boolean };
  at: (day: string) => number;
}

const DAY_MS = 86_400_000;
const NEAR_DAYS = 30;
const INTERVALS = 3;

/** The commitments as bars: what is open first by due day, then what is done. */
export function barsOf(items: readonly Item[]): Bar[] {
  const place = ({ done, due }: Bar) => `${done === null ? 0 : 1} ${due ?? "9999"}`;
  return items.map(barOf).sort((one, other) => place(one).localeCompare(place(other)));
}

function barOf(item: Item): Bar {
  const closing = item.status === "done" ? item.history.find((step) => step.type === "fulfils") : undefined;
  return {
    item,
    promised: item.history[0]?.date ?? item.date,
    due: item.due,
    wasDue: formerly(item, "due"),
    done: closing?.date ?? null,
  };
}

/** The days that hold all bars, and the day that is marked. */
export function scaleOf(bars: readonly Bar[], today: string, asOf: string): Scale {
  const days = bars.flatMap(({ promised, due, wasDue, done }) => [promised, due, ...wasDue, done]);
  const said = [...days.filter((day) => day !== null), asOf].map(instant);
  const [start, end] = [Math.min(...said), Math.max(...said)];
  const near = instant(today) >= start && instant(today) <= end + NEAR_DAYS * DAY_MS;
  const mark = near ? { day: today, today: true } : { day: asOf, today: false };
  const last = Math.max(end, instant(mark.day), start + DAY_MS);
  const at = (day: string) => ((instant(day) - start) / (last - start)) * 100;
  const count = Math.min(INTERVALS, Math.round((last - start) / DAY_MS));
  const tick = (n: number) => start + Math.round(((last - start) / DAY_MS) * (n / count)) * DAY_MS;
  const ticks = Array.from({ length: count + 1 }, (_, n) => new Date(tick(n)).toISOString().slice(0, 10));
  return { ticks, mark, at };
}

function instant(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
