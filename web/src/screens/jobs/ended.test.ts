import { expect, test } from "vitest";
import { ended } from "./ended";
import type { Job } from "./queries";

const job = (id: string, stage: Job["stage"], finished_at: string | null): Job => ({
  id,
  kind: "ingest",
  meeting_id: id,
  title: id,
  date: "2026-03-04",
  project: "Atlas",
  stage,
  progress: 1,
  eta_seconds: null,
  error: null,
  hint: null,
  cancelled: false,
  created_at: "2026-03-04T09:00:00Z",
  started_at: null,
  finished_at,
});

test("what ended last stands first; what has no end stands at its beginning", () => {
  const jobs = [
    job("old", "failed", "2026-03-04T10:00:00Z"),
    job("cancelled", "failed", null),
    job("done", "ready", "2026-03-04T12:00:00Z"),
    job("new", "failed", "2026-03-04T11:00:00Z"),
  ];
  expect(ended(jobs, "failed").map(({ id }) => id)).toEqual(["new", "old", "cancelled"]);
  expect(ended(jobs, "ready").map(({ id }) => id)).toEqual(["done"]);
});
