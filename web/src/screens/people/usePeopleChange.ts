import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Schemas } from "../../api/client";

/** Does something to people that meetings follow; then everything that is shown is asked for anew. */
export function usePeopleChange<Wanted = void>(
  change: (wanted: Wanted) => Promise<Schemas["NamesChanged"]>,
  onDone: (meetings: number) => void,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async ({ meetings }) => {
      await queries.invalidateQueries();
      onDone(meetings.length);
    },
  });
}
