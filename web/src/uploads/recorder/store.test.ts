import { expect, test } from "vitest";
import { fileOf, type Recording } from "./store";

const startedAt = new Date(2026, 2, 2, 10, 30, 5).getTime();
const recording: Recording = { id: "1", title: "", project: "Atlas", type: "audio/webm;codecs=opus", startedAt };

test("the pieces stand in their order, whatever order they were read in", async () => {
  const pieces = new Map([10, 2, 0].map((index) => [index, new Blob([`${index} `])]));
  expect(await fileOf(recording, pieces).text()).toBe("0 2 10 ");
});

test("a recording without a title is called after its beginning, which is a date to the server", () => {
  const file = fileOf(recording, new Map());
  expect(file.name).toBe("2026-03-02 10.30.05.webm");
  expect(file.lastModified).toBe(startedAt);
  expect(fileOf({ ...recording, type: "audio/mp4" }, new Map()).name).toBe("2026-03-02 10.30.05.m4a");
});
