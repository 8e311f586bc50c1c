import type { Job } from "./queries";

/** The jobs that ended in a stage, the newest end first. */
export function ended(jobs: readonly Job[], stage: "ready" | "failed"): Job[] {
  const at = ({ finished_at, created_at }: Job) => Date.parse(finished_at ?? created_at);
  return jobs.filter((job) => job.stage === stage).sort((one, other) => at(other) - at(one));
}
