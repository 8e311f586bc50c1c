import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";
import { everyPage, PAGE } from "../../api/pages";

export type Matter = Schemas["ItemDocument"];
export type MatterKind = Schemas["ItemKind"];
export type MatterStatus = Schemas["Status"];
export type DossierClaim = Schemas["DossierClaimDocument"];
export type Dossier = Schemas["DossierDocument"];
export type DossierChanges = Schemas["DossierChanges"];
export type Edit = Schemas["EditDocument"];
export type MatterLink = Schemas["LinkDocument"];

const READING_MS = 5_000;
const of = (project: string) => ["projects", project] as const;

/** Everything that was asked of a project, for when something in it has changed. */
export const projectKey = of;

/** The dossier of a project as it stands, or stood on a day. It is asked for again while meetings are being read. */
export const dossierQuery = (project: string, at?: string) =>
  queryOptions({
    queryKey: [...of(project), "dossier", at ?? "now"],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/dossiers/{project}", {
          params: { path: { project }, query: { at, format: "json" } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data && isBeingRead(state.data) ? READING_MS : false),
  });

const isBeingRead = ({ coverage: { in_scope, read, failed } }: Dossier) => read + failed.length < in_scope;

/** What the dossier says otherwise than on the day `since`. */
export const changesQuery = (project: string, since: string, at?: string) =>
  queryOptions({
    queryKey: [...of(project), "changes", since, at ?? "now"],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/dossier-changes", { params: { query: { project, since, at, format: "json" } }, signal }),
      ),
  });

/** Why the dossier makes a claim. */
export const trailQuery = (project: string, key: string, at?: string) =>
  queryOptions({
    queryKey: [...of(project), "trail", key, at ?? "now"],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/v1/dossier-claims", { params: { query: { project, key, at, format: "json" } }, signal })),
  });

/** Which matters are wanted of a project. */
export interface Wanted {
  kind?: MatterKind[];
  status?: MatterStatus[];
  meeting?: string;
}

/** All matters of a project that are wanted, oldest first. */
export const mattersQuery = (project: string, wanted: Wanted) =>
  queryOptions({
    queryKey: [...of(project), "matters", wanted],
    queryFn: ({ signal }) =>
      everyPage(async (cursor) => {
        const page = await unwrap(
          client.GET("/api/v1/items", { params: { query: { project, ...wanted, cursor, limit: PAGE } }, signal }),
        );
        return { found: page.items, next: page.next };
      }),
  });

/** One matter with all its links, and the tag by which an edit says what it was made of. */
export const matterQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: [...of(project), "matter", id],
    queryFn: async ({ signal }) => {
      const request = client.GET("/api/v1/items/{item_id}", { params: { path: { item_id: id } }, signal });
      const matter = await unwrap(request);
      return { matter, tag: (await request).response.headers.get("ETag") ?? undefined };
    },
  });

/** What people said of a matter, the newest first. */
export const historyQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: [...of(project), "history", id],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/v1/items/{item_id}/history", { params: { path: { item_id: id } }, signal })),
  });

/** What people said of all matters of a project, the newest first. */
export const editsQuery = (project: string) =>
  queryOptions({
    queryKey: [...of(project), "edits"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/edits", { params: { query: { project } }, signal })),
  });
