import { queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "../api/client";
import { RESUMABLE } from "./unfinished";

/** Why there is no use in sending a file. */
export type Unfit = "empty" | "too_large" | "other_kind" | "long_name";

/** The most letters of a file's name that the server takes. */
const LONGEST_NAME = 200;

/** Kinds of files in which nobody speaks and nothing is written down. What else a file is, the server finds out. */
const OTHER_KINDS =
  /^(image|font|model)\/|^application\/(pdf|zip|msword|vnd\.(openxml|oasis|ms-(excel|powerpoint|word)))/;

/** The most bytes that a file may have. */
export const largestQuery = queryOptions({
  queryKey: ["largest-upload"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => {
    const request = client.OPTIONS(RESUMABLE, { signal });
    await unwrap(request);
    return Number((await request).response.headers.get("Tus-Max-Size"));
  },
});

/** Why a file is not worth sending, where `largest` is the most that is taken, if that is known; null where it is. */
export function unfit(
  { name, size, type }: Pick<File, "name" | "size" | "type">,
  largest: number | undefined,
): Unfit | null {
  if (size === 0) return "empty";
  if ([...name].length > LONGEST_NAME) return "long_name";
  if (largest !== undefined && size > largest) return "too_large";
  return OTHER_KINDS.test(type) ? "other_kind" : null;
}
