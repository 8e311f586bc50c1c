import { queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "../../api/client";

/** A passage that was found. */
export type Found = Awaited<ReturnType<typeof search>>["results"][number];

const FOUND = 6;
const FRESH_MS = 60_000;

const search = (query: string, signal: AbortSignal) =>
  unwrap(client.POST("/api/v1/search", { body: { query, limit: FOUND, meetings: [] }, signal }));

/** The newest meetings whose title, date and project hold all words of a query. */
export const calledQuery = (words: string) =>
  queryOptions({
    queryKey: ["meetings", { called: words }],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/meetings", { params: { query: { q: words, order: "newest", limit: FOUND } }, signal }),
      ),
  });

/** What was said about something, in all meetings. */
export const saidQuery = (query: string) =>
  queryOptions({
    queryKey: ["search", "palette", query],
    staleTime: FRESH_MS,
    queryFn: ({ signal }) => search(query, signal),
  });
