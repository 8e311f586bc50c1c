/** How fast bytes go: those gone at a moment (ms), and bytes per second once measured. */
export interface Pace {
  at: number;
  sent: number;
  rate: number | null;
}

const MEASURED_MS = 500;
const NEWEST_WEIGHT = 0.3;

/** The pace after `sent` bytes at a moment. It is measured twice a second at most, and steadied. */
export function paced(before: Pace | null, sent: number, at: number): Pace {
  if (before === null || sent < before.sent) return { at, sent, rate: before?.rate ?? null };
  if (at - before.at < MEASURED_MS) return before;
  const now = ((sent - before.sent) * 1000) / (at - before.at);
  const rate = before.rate === null ? now : before.rate * (1 - NEWEST_WEIGHT) + now * NEWEST_WEIGHT;
  return { at, sent, rate };
}

/** The seconds that the rest takes at a pace; null while that cannot be told. */
export function secondsLeft(rest: number, pace: Pace | null): number | null {
  return pace === null || pace.rate === null || pace.rate <= 0 ? null : rest / pace.rate;
}
