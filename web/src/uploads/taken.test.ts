import { expect, test } from "vitest";
import { bytes } from "./bytes";
import { dated } from "./dated";
import { localDay, localInstant } from "./instant";

const lastModified = new Date(2026, 2, 2, 7, 30, 5).getTime();
const day = (name: string) => dated({ name, lastModified });

test("the date in a file's name counts, however it is written", () => {
  for (const name of [
    "20260304.m4a",
    "周会 2026-03-04.mp3",
    "2026年3月4日 周会.wav",
    "rec_2026.3.4.wav",
    "2026_03_04-x.vtt",
  ])
    expect(day(name), name).toEqual({ day: "2026-03-04", from: "name" });
});

test("numbers that are no date do not count", () => {
  for (const name of ["call 1202603041.m4a", "2026-02-30.m4a", "202634.m4a", "2026-3.4.m4a", "weekly.m4a"])
    expect(day(name), name).toEqual({ day: "2026-03-02", from: "time" });
});

test("a file's time is told with its offset, so that the day stays the user's", () => {
  const told = localInstant(new Date(lastModified));
  expect(told).toMatch(/^2026-03-02T07:30:05[+-]\d\d:\d\d$/);
  expect(Date.parse(told)).toBe(lastModified);
  expect(localDay(new Date(lastModified))).toBe("2026-03-02");
});

test("sizes are short", () => {
  const said = [0, 312, 812_400, 999_999, 4_140_000_000, 212_000_000].map((count) => bytes(count, "en"));
  expect(said).toEqual(["0 kB", "0.3 kB", "812 kB", "1,000 kB", "4.1 GB", "212 MB"]);
});
