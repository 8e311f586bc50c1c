import { expect, test } from "vitest";
import { unfit } from "./unfit";

const file = (type: string, size = 100, name = "weekly") => ({ name, type, size });

test("recordings, transcripts and what a browser does not know are sent", () => {
  for (const type of ["audio/mp4", "video/webm", "text/vtt", "application/json", "application/gzip", ""]) {
    expect(unfit(file(type), 100), type).toBeNull();
  }
});

test("pictures, papers and archives are not", () => {
  const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  for (const type of ["image/png", "application/pdf", "application/zip", word]) {
    expect(unfit(file(type), 100), type).toBe("other_kind");
  }
});

test("a file that is empty or over the limit is not sent; without a known limit the server decides", () => {
  expect(unfit(file("audio/wav", 0), 100)).toBe("empty");
  expect(unfit(file("audio/wav", 101), 100)).toBe("too_large");
  expect(unfit(file("audio/wav", 101), undefined)).toBeNull();
});

test("a name that the server would not take is told before the file is sent", () => {
  expect(unfit(file("audio/wav", 100, "a".repeat(201)), 100)).toBe("long_name");
  expect(unfit(file("audio/wav", 100, "高".repeat(200)), 100)).toBeNull();
});
