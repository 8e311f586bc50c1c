import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { client, type Schemas, unwrap } from "../../api/client";

export type Job = Schemas["JobDocument"];
export type Reading = Schemas["ReadingDocument"];

const BUSY_MS = 1_500;
const IDLE_MS = 10_000;

/** The jobs under way. */
export const activeJobsQuery = queryOptions({
  queryKey: ["jobs", "active"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/v1/jobs", { params: { query: { active: true } }, signal })),
  refetchInterval: ({ state }) => (state.data?.length ? BUSY_MS : IDLE_MS),
});

/** All jobs, those that have ended among them. */
export const jobsQuery = queryOptions({
  queryKey: ["jobs", "all"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/v1/jobs", { signal })),
});

/** What may be otherwise once a job begins or ends. */
const FOLLOWING = [["meetings"], jobsQuery.queryKey, ["readings"], ["people"], ["glossary"]];

/** How far the ready meetings of a project were read. */
export const readingsQuery = (project: string) =>
  queryOptions({
    queryKey: ["readings", project],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/readings", { params: { query: { project } }, signal })),
    refetchInterval: ({ state }) => (state.data?.readings.some(isReading) ? BUSY_MS : IDLE_MS),
  });

const isReading = ({ state }: Reading) => state === "reading";

/** The jobs under way, live. When one begins or ends, what follows from it is asked for anew. */
export function useActiveJobs() {
  const queries = useQueryClient();
  const active = useQuery(activeJobsQuery);
  const ids = active.data
    ?.map(({ id }) => id)
    .sort()
    .join(" ");
  const before = useRef(ids);
  useEffect(() => {
    if (ids === undefined || ids === before.current) return;
    const isFirst = before.current === undefined;
    before.current = ids;
    if (isFirst) return;
    for (const queryKey of FOLLOWING) void queries.invalidateQueries({ queryKey });
  }, [ids, queries]);
  return active;
}

/** Tries a failed job again. */
export function useRetry() {
  return useJobChange((job) =>
    unwrap(client.POST("/api/v1/jobs/{job_id}/retry", { params: { path: { job_id: job } } })),
  );
}

/** Stops a job. */
export function useCancel() {
  return useJobChange((job) =>
    unwrap(client.POST("/api/v1/jobs/{job_id}/cancel", { params: { path: { job_id: job } } })),
  );
}

function useJobChange(mutationFn: (job: string) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => Promise.all(["jobs", "meetings"].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

/** Has a meeting read again. */
export function useReadAgain() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (meeting: string) => unwrap(client.POST("/api/v1/readings", { body: { meetings: [meeting] } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["readings"] }),
  });
}
