import { expect, test } from "vitest";
import { askBody, askedScope, daysOf, keptScope, timeOf } from "./scope";

const SUNDAY = new Date(2026, 2, 1, 23, 30);
const WEDNESDAY = new Date(2026, 2, 4, 0, 10);

test("weeks begin on Monday and months end on their last day", () => {
  expect(daysOf("this_week", WEDNESDAY)).toEqual({ since: "2026-03-02", until: "2026-03-08" });
  expect(daysOf("this_week", SUNDAY)).toEqual({ since: "2026-02-23", until: "2026-03-01" });
  expect(daysOf("last_week", WEDNESDAY)).toEqual({ since: "2026-02-23", until: "2026-03-01" });
  expect(daysOf("this_month", new Date(2024, 1, 10))).toEqual({ since: "2024-02-01", until: "2024-02-29" });
});

test("days are known by their name where they have one", () => {
  expect(timeOf({}, WEDNESDAY)).toBe("all");
  expect(timeOf({ since: "2026-02-23", until: "2026-03-01" }, WEDNESDAY)).toBe("last_week");
  expect(timeOf({ since: "2026-02-23" }, WEDNESDAY)).toBe("own");
});

test("a question is sent with its scope, its conversation and its tier", () => {
  const scope = { project: "Atlas", speaker: "Mina", since: "2026-03-02" };
  const body = askBody("  When do we ship?\n", scope, "c1", "large");
  expect(body).toEqual({
    question: "When do we ship?",
    project: "Atlas",
    speaker: "Mina",
    since: "2026-03-02",
    meetings: [],
    conversation_id: "c1",
    tier: "large",
  });
  expect(askedScope(body)).toEqual({ ...scope, until: undefined });
});

test("a kept conversation goes on in the scope that it was begun with", () => {
  expect(keptScope({ projects: ["Atlas"], speakers: ["Mina"], since: "2026-03-02" })).toEqual({
    project: "Atlas",
    speaker: "Mina",
    since: "2026-03-02",
    until: undefined,
  });
  expect(keptScope({ projects: [], speakers: 3 })).toEqual({
    project: undefined,
    speaker: undefined,
    since: undefined,
    until: undefined,
  });
});
