import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";

export type Meeting = Schemas["MeetingDocument"];

const PAGE = 500;

/** The meetings of a project, or of all, oldest first as the server pages them. */
export const meetingsQuery = (project: string | undefined) =>
  queryOptions({
    queryKey: ["meetings", { project: project ?? null }],
    queryFn: ({ signal }) => listed(project, signal),
  });

async function listed(project: string | undefined, signal: AbortSignal): Promise<Meeting[]> {
  const found: Meeting[] = [];
  let cursor: string | undefined;
  do {
    const query = { project, cursor, limit: PAGE };
    const page = await unwrap(client.GET("/api/v1/meetings", { params: { query }, signal }));
    found.push(...page.meetings);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return found;
}

/** Deletes a meeting and everything that was found in it. */
export function useDelete() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (meeting: string) =>
      unwrap(client.DELETE("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: meeting } } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}
