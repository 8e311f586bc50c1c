import { queryOptions } from "@tanstack/react-query";
import { client, inOurLanguage, problemOf, type Schemas, UnreachableError, unwrap } from "../api/client";
import { localInstant } from "./instant";
import type { Wish } from "./upload";

/** Where uploads begin that can go on after a break. */
export const RESUMABLE = "/api/v1/resumable-uploads";

/** An upload of `length` bytes, of which the server holds the first `offset`. */
export type Unfinished = Schemas["PartialUpload"];

/** The uploads that the server holds a part of. */
export const unfinishedQuery = queryOptions({ queryKey: ["unfinished-uploads"], queryFn: listed });

/** Where the bytes of an unfinished upload go. */
export const urlOf = ({ id }: Unfinished) => `${RESUMABLE}/${encodeURIComponent(id)}`;

/** Where the rest of a file goes, if the server holds a part of it, on its way to the same project. */
export async function findUnfinished({ file, project }: Wish): Promise<string | null> {
  const alike = (await listed()).filter(
    (one) => one.name === file.name && one.length === file.size && one.project === project,
  );
  for (const url of alike.map(urlOf)) {
    const { headers } = await asked("HEAD", url);
    // another file may have the same name and size: its rest would not fit
    const modified = saidIn(headers.get("Upload-Metadata") ?? "", "modified");
    if (modified === localInstant(new Date(file.lastModified))) return url;
  }
  return null;
}

/** Have the server forget what it holds of an upload. */
export async function discardUpload(url: string): Promise<void> {
  await asked("DELETE", url);
}

/** Whether the server still holds an upload. */
export async function isThere(url: string): Promise<boolean> {
  return asked("HEAD", url).then(
    () => true,
    () => false,
  );
}

/** What Upload-Metadata says under a key, for values in ASCII. */
function saidIn(metadata: string, key: string): string | null {
  const said = metadata.split(",").find((pair) => pair.trim().startsWith(`${key} `));
  return said === undefined ? null : atob(said.trim().slice(key.length + 1));
}

function listed(): Promise<Unfinished[]> {
  return unwrap(client.GET(RESUMABLE));
}

async function asked(method: "HEAD" | "DELETE", url: string): Promise<Response> {
  const headers = { "Tus-Resumable": "1.0.0", ...inOurLanguage() };
  const response = await fetch(url, { method, headers }).catch((cause: unknown) => {
    throw new UnreachableError(cause);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}
