import { queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "../../api/client";

/** Every setting in force, by area and in a list that tells more of each. */
export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: ({ signal }) => unwrap(client.GET("/api/v1/settings", { signal })),
});

/** Cut and embed every stored meeting anew. */
export const reindex = () => unwrap(client.POST("/api/v1/reindex"));
