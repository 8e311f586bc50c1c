import { useMutation, useQueryClient } from "@tanstack/react-query";
import { client, unwrap } from "../../api/client";

/** Deletes a meeting and everything that was found in it. */
export function useDelete() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (meeting: string) =>
      unwrap(client.DELETE("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: meeting } } })),
    onSuccess: () => queries.invalidateQueries(),
  });
}
