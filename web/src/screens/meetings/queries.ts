import { type InfiniteData, infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";
import { PAGE } from "../../api/pages";

type MeetingPage = Schemas["MeetingPage"];

/** As many as are seen before somebody scrolls far, so that they come at once. */
const FIRST_PAGE = 50;

/** The meetings, of a project or of every one, newest first, page by page; and how many there are on all pages. */
export const newestMeetingsQuery = (project?: string) =>
  infiniteQueryOptions({
    queryKey: ["meetings", { project: project ?? null, order: "newest" }],
    queryFn: ({ pageParam: cursor, signal }) => {
      const limit = cursor === null ? FIRST_PAGE : PAGE;
      const query = { project, order: "newest" as const, limit, ...(cursor !== null && { cursor }) };
      return unwrap(client.GET("/api/v1/meetings", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }: MeetingPage) => next,
    select: ({ pages }: InfiniteData<MeetingPage>) => ({
      meetings: pages.flatMap(({ meetings }) => meetings),
      total: pages[0]?.total ?? 0,
    }),
  });

/** Deletes a meeting and everything that was found in it. */
export function useDelete() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (meeting: string) =>
      unwrap(client.DELETE("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: meeting } } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}
