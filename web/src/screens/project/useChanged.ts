import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { projectKey } from "./queries";

/** How long the server takes to link anew what depends on an edit, more or less. */
const SETTLED_MS = 3_000;

/** Says that something in a project was changed: it is asked for anew, and once more when what depends on it is linked. */
export function useChanged(project: string): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    const anew = () => queries.invalidateQueries({ queryKey: projectKey(project) });
    setTimeout(anew, SETTLED_MS);
    await anew();
  }, [queries, project]);
}
