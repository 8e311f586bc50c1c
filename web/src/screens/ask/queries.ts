import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "../../api/client";
import type { Language } from "../../i18n";

const PAGE = 30;
const ITEMS_READ = 200;

/** The conversations, the latest used first, page by page. */
export const conversationsQuery = infiniteQueryOptions({
  queryKey: ["conversations", "list"],
  queryFn: ({ pageParam, signal }) =>
    unwrap(client.GET("/api/v1/conversations", { params: { query: { cursor: pageParam, limit: PAGE } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

/** One conversation with its answers. */
export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ["conversations", "one", id],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/conversations/{conversation_id}", { params: { path: { conversation_id: id } }, signal }),
      ),
  });

/** Everybody who speaks in a project's meetings. */
export const speakersQuery = (project: string) =>
  queryOptions({
    queryKey: ["speaker-sides", project],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/speaker-sides", { params: { query: { project } }, signal })),
  });

/** What matters in a project, for questions that it can answer. */
export const askableQuery = (project: string) =>
  queryOptions({
    queryKey: ["items", project, "askable"],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/items", {
          params: {
            query: { project, kind: ["commitment", "metric", "question", "decision"], limit: ITEMS_READ },
          },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

/** The tiers that may answer questions about a project, and why others may not. */
export const tiersQuery = (project: string | undefined, language: Language) =>
  queryOptions({
    queryKey: ["tiers", project, language],
    queryFn: ({ signal }) =>
      unwrap(client.POST("/api/v1/route", { body: { task: "answer", project, language }, signal })).then(
        (route) => route.tiers,
      ),
  });
