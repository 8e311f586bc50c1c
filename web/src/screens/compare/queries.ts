import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";
import { projectKey } from "../project/queries";
import { type Asked, askedOf, type Choice } from "./choice";

export type Comparison = Schemas["ComparisonDocument"];
export type Row = Schemas["RowDocument"];
export type Item = Schemas["ItemDocument"];
export type Link = Schemas["LinkDocument"];

const WHILE_READING_MS = 5_000;

/** What changed from one period of a project to the other; asked again while meetings are still being read. */
export const comparisonQuery = (project: string, choice: Choice) =>
  queryOptions({
    queryKey: [...projectKey(project), "comparison", choice],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/reports/compare", {
          params: { query: { project: [project], ...askedOf(choice) } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data && unread(state.data.coverage) > 0 ? WHILE_READING_MS : false),
  });

/** How many meetings are neither read nor failed. */
export function unread({ in_scope, read, failed }: Schemas["CoverageDocument"]): number {
  return Math.max(0, in_scope - read - failed.length);
}

/** Where a comparison is as a file, or as a page. */
export function comparisonUrl(project: string, asked: Omit<Asked, "project">, format: string): string {
  const query = new URLSearchParams({ project, ...asked, format, base: location.origin });
  return `/api/v1/reports/compare?${query}`;
}
