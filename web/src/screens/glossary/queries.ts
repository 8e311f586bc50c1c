import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";

export type Term = Schemas["TermDocument"];
export type Suggestion = Schemas["SuggestionDocument"];
export type Change = Schemas["GlossaryChangeDocument"];

/** Everything of the glossary is asked for anew when something of it has changed. */
export const GLOSSARY = ["glossary"];
const CHANGES_A_PAGE = 50;

/** The shared terms and, for a project, its own. */
export const termsQuery = (project: string | undefined) =>
  queryOptions({
    queryKey: [...GLOSSARY, "terms", project],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/glossary", { params: { query: { project } }, signal })),
  });

/** Terms that people's corrections suggest. */
export const suggestionsQuery = (project: string | undefined) =>
  queryOptions({
    queryKey: [...GLOSSARY, "suggestions", project],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/v1/glossary/suggestions", { params: { query: { project } }, signal })),
  });

/** What the glossary changes in stored lines, page by page. */
export const changesQuery = (project: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...GLOSSARY, "changes", project],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        client.GET("/api/v1/glossary/changes", {
          params: { query: { project, cursor: pageParam, limit: CHANGES_A_PAGE } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Add a term, or replace the one that is written the same. */
export const putTerm = (term: Schemas["NewTerm"]) => unwrap(client.POST("/api/v1/glossary", { body: term }));

/** Delete a term. */
export const deleteTerm = (id: string) =>
  unwrap(client.DELETE("/api/v1/glossary/{term_id}", { params: { path: { term_id: id } } }));

/** Write stored meetings anew with the glossary as it is now. */
export const applyGlossary = (project: string | undefined) =>
  unwrap(client.POST("/api/v1/glossary/changes", { params: { query: { project } } }));

/** Give a line its own words again. */
export const keepOwnWords = ({ meeting_id, line }: Change) =>
  unwrap(client.POST("/api/v1/glossary/keep", { body: { meeting_id, line } }));
