import { localDay } from "./instant";

/** The day that a file's meeting is given, unless its content tells another, and what it was taken from. */
export interface Dated {
  day: string;
  from: "name" | "time";
}

/** As the server finds it: 20260302, 2026-03-02, 2026年3月2日. */
const IN_NAME = /(?<!\d)(20\d{2})([-_./年]?)(0?[1-9]|1[0-2])(?:\2|月)(0?[1-9]|[12]\d|3[01])(?!\d)[日号]?/g;

/** The date of a file as the server will take it, as far as that can be told without its content. */
export function dated({ name, lastModified }: Pick<File, "name" | "lastModified">): Dated {
  const day = dayInName(name);
  return day === null ? { day: localDay(new Date(lastModified)), from: "time" } : { day, from: "name" };
}

function dayInName(name: string): string | null {
  for (const [, year, separator, month = "", day = ""] of name.matchAll(IN_NAME)) {
    if (separator === "" && (month.length < 2 || day.length < 2)) continue;
    const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const found = new Date(`${iso}T00:00:00Z`);
    // a day that its month does not have is none, or runs over into the next month
    if (!Number.isNaN(found.getTime()) && found.toISOString().startsWith(iso)) return iso;
  }
  return null;
}
