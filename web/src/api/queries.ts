import { queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "./client";

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
