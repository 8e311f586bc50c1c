/** Seconds as m:ss, or h:mm:ss from an hour. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  return whole >= 3600 ? [Math.floor(whole / 3600), ...parts].join(":") : `${Math.floor(whole / 60)}:${parts[1]}`;
}

const dayFormat = ofLanguage((language) => dates(language, { dateStyle: "medium" }));
const shortDayFormat = ofLanguage((language) => dates(language, { month: "short", day: "numeric" }));
const monthFormat = ofLanguage((language) => dates(language, { year: "numeric", month: "long" }));
const [hourFormat, minuteFormat, secondFormat] = [lengths("hour"), lengths("minute"), lengths("second")];

/** A day as people of a language write it: "2 Mar 2026", "2026年3月2日". */
export function day(date: string, language: string): string {
  const [year, month, of] = date.slice(0, 10).split("-").map(Number);
  if (year === undefined || month === undefined || of === undefined) return date;
  return dayFormat(language).format(Date.UTC(year, month - 1, of));
}

/** A day without its year, where there is little room: "2 Mar", "3月2日". An instant stands for its day in UTC. */
export function shortDay(date: string | number, language: string): string {
  return shortDayFormat(language).format(new Date(date));
}

/** The month, of a day too, as people of a language write it: "March 2026", "2026年3月". */
export function monthName(month: string, language: string): string {
  const [year = 0, of = 1] = month.split("-").map(Number);
  return monthFormat(language).format(Date.UTC(year, of - 1));
}

/** How long something takes or lasts, roughly: "3 min", "1 h 20 min". */
export function lasting(seconds: number, language: string): string {
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (seconds < 60) return secondFormat(language).format(Math.round(seconds));
  if (hours === 0) return minuteFormat(language).format(minutes);
  const whole = hourFormat(language).format(hours);
  return rest === 0 ? whole : `${whole} ${minuteFormat(language).format(rest)}`;
}

function dates(language: string, written: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { timeZone: "UTC", ...written });
}

function lengths(unit: "hour" | "minute" | "second"): (language: string) => Intl.NumberFormat {
  return ofLanguage((language) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }));
}

/** What is made once for each language: to make a format takes longer than to draw a line of a list. */
function ofLanguage<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>();
  return (language) => {
    const format = made.get(language) ?? make(language);
    made.set(language, format);
    return format;
  };
}
