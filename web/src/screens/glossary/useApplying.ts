import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useActiveJobs } from "../jobs/queries";
import { applyGlossary, GLOSSARY } from "./queries";

/** Writes stored meetings anew with the glossary, and follows that until it is done. */
export interface Applying {
  apply: () => void;
  /** Whether it was begun and is not over. */
  isBusy: boolean;
  /** The meetings that are written anew; undefined until that is known. */
  meetings: string[] | undefined;
  error: Error | null;
}

/** A way to apply the glossary. What is shown of it is asked for again when all meetings have followed. */
export function useApplying(project: string | undefined): Applying {
  const queries = useQueryClient();
  const { data: jobs = [] } = useActiveJobs();
  const { mutate, reset, isPending, isSuccess, data, error } = useMutation({
    mutationFn: () => applyGlossary(project),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
  const isOver = isSuccess && !jobs.some(({ meeting_id: meeting }) => data.meetings.includes(meeting));
  useEffect(() => {
    if (!isOver) return;
    reset();
    void queries.invalidateQueries({ queryKey: GLOSSARY });
  }, [isOver, reset, queries]);
  return { apply: () => mutate(), isBusy: isPending || isSuccess, meetings: data?.meetings, error };
}
