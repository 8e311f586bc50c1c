const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
/** A day of the week, as the server names it. */
export type Weekday = (typeof WEEKDAYS)[number];

const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The days of the week from Monday on, each with its name in a language. */
export function weekdays(language: string): { value: Weekday; name: string }[] {
  const written = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  return WEEKDAYS.map((value, at) => ({ value, name: written.format(A_MONDAY + at * DAY_MS) }));
}

/** An instant as people of a language write it, in this browser's time zone unless another is given. */
export function instant(at: string, language: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone }).format(
    Date.parse(at),
  );
}

/** The time zone of this browser. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
