import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "./client";
import { everyPage, PAGE } from "./pages";

export type Meeting = Schemas["MeetingDocument"];

/** The projects, by name. */
export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/v1/projects", { signal })),
});

/** One meeting. */
export const meetingQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: meeting } }, signal })),
  });

/** All meetings, of a project or of every one, oldest first. */
export const meetingsQuery = (project?: string) =>
  queryOptions({
    queryKey: ["meetings", { project: project ?? null }],
    queryFn: ({ signal }) =>
      everyPage(async (cursor) => {
        const query = { project, cursor, limit: PAGE };
        const page = await unwrap(client.GET("/api/v1/meetings", { params: { query }, signal }));
        return { found: page.meetings, next: page.next };
      }),
  });
