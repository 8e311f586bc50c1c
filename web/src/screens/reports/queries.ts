import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";
import { projectKey } from "../project/queries";

export type Report = Schemas["ReportSummary"];
export type Schedule = Schemas["ScheduleDocument"];
export type NewSchedule = Schemas["NewSchedule"];

const PAGE = 10;
const reportsKey = (project: string) => [...projectKey(project), "reports"];
const SCHEDULES = ["schedules"] as const;

/** The reports of a project that are kept, the newest first, page by page. */
export const reportsQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: reportsKey(project),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      unwrap(client.GET("/api/v1/reports", { params: { query: { project, cursor: pageParam, limit: PAGE } }, signal })),
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** What is made every week. */
export const schedulesQuery = queryOptions({
  queryKey: SCHEDULES,
  queryFn: ({ signal }) => unwrap(client.GET("/api/v1/reports/schedules", { signal })),
});

/** Where a kept report is as a file, or as a page. */
export function reportUrl(report: string, format: string): string {
  const query = new URLSearchParams({ format, base: location.origin });
  return `/api/v1/reports/${encodeURIComponent(report)}?${query}`;
}

function useRefresh(key: readonly string[]) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: key });
}

/** Builds a comparison and keeps it. */
export function useKeep(project: string) {
  return useMutation({
    mutationFn: (asked: { from?: string; to?: string; week?: string }) =>
      unwrap(
        client.POST("/api/v1/reports", { body: { kind: "comparison", projects: [project], speakers: [], ...asked } }),
      ),
    onSuccess: useRefresh(reportsKey(project)),
  });
}

/** Builds a kept report anew. */
export function useRebuild(project: string) {
  return useMutation({
    mutationFn: (report: string) =>
      unwrap(client.POST("/api/v1/reports/{report_id}/rebuild", { params: { path: { report_id: report } } })),
    onSuccess: useRefresh(reportsKey(project)),
  });
}

/** Deletes a kept report with all its versions. */
export function useDelete(project: string) {
  return useMutation({
    mutationFn: (report: string) =>
      unwrap(client.DELETE("/api/v1/reports/{report_id}", { params: { path: { report_id: report } } })),
    onSuccess: useRefresh(reportsKey(project)),
  });
}

/** Has a report made every week. */
export function useSchedule() {
  return useMutation({
    mutationFn: (body: NewSchedule) => unwrap(client.POST("/api/v1/reports/schedules", { body })),
    onSuccess: useRefresh(SCHEDULES),
  });
}

/** Ends a weekly report. */
export function useUnschedule() {
  return useMutation({
    mutationFn: (schedule: string) =>
      unwrap(client.DELETE("/api/v1/reports/schedules/{schedule_id}", { params: { path: { schedule_id: schedule } } })),
    onSuccess: useRefresh(SCHEDULES),
  });
}
