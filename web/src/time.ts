/** Seconds as m:ss, or h:mm:ss from an hour. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  return whole >= 3600 ? [Math.floor(whole / 3600), ...parts].join(":") : `${Math.floor(whole / 60)}:${parts[1]}`;
}

/** A day as people of a language write it: "2 Mar 2026", "2026年3月2日". */
export function day(date: string, language: string): string {
  const [year, month, of] = date.slice(0, 10).split("-").map(Number);
  if (year === undefined || month === undefined || of === undefined) return date;
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(
    Date.UTC(year, month - 1, of),
  );
}

/** A day without its year, where there is little room: "2 Mar", "3月2日". An instant stands for its day in UTC. */
export function shortDay(date: string | number, language: string): string {
  return new Intl.DateTimeFormat(language, { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(date));
}

/** How long something takes or lasts, roughly: "3 min", "1 h 20 min". */
export function lasting(seconds: number, language: string): string {
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const unit = (value: number, name: "hour" | "minute" | "second") =>
    new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  if (seconds < 60) return unit(Math.round(seconds), "second");
  return hours === 0
    ? unit(minutes, "minute")
    : rest === 0
      ? unit(hours, "hour")
      : `${unit(hours, "hour")} ${unit(rest, "minute")}`;
}
