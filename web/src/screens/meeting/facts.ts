import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { type Meeting, meetingQuery } from "../../api/queries";
import { useDesk } from "./desk";
import { refreshMeetings } from "./queries";

/** What a meeting is called, its day and its project. */
export type Facts = Pick<Meeting, "title" | "date" | "project">;

const FIELDS = ["title", "date", "project"] as const satisfies (keyof Facts)[];

export const factsOf = ({ title, date, project }: Meeting): Facts => ({ title, date, project });

/** What was to be changed is not as it was seen any more. */
export class FactsChangedError extends Error {
  constructor(readonly now: Facts) {
    super("facts changed");
    this.name = "FactsChangedError";
  }
}

/**
 * Saves what was written over the facts that were `seen`. Where somebody else has changed the same meanwhile, nothing is
 * saved: `onOutdated` is told how they are now, and the error is a FactsChangedError.
 */
export function useFactsChange(seen: Facts, onDone: () => void, onOutdated: (now: Facts) => void) {
  const { t } = useTranslation("meeting");
  const { meeting, tell } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (written: Partial<Facts>) => change(meeting.id, seen, written),
    onSuccess: (changed) => {
      if (changed !== null) {
        queries.setQueryData(meetingQuery(meeting.id).queryKey, changed);
        tell({ said: t("saved") });
        void refreshMeetings(queries);
      }
      onDone();
    },
    onError: (error) => {
      if (error instanceof FactsChangedError) onOutdated(error.now);
    },
  });
}

/** The meeting after the change; null where there was nothing to change. */
async function change(id: string, seen: Facts, written: Partial<Facts>): Promise<Meeting | null> {
  const other = FIELDS.filter((field) => written[field] !== undefined && written[field].trim() !== seen[field]);
  if (other.length === 0) return null;
  // the tag also changes with the progress of the work on a meeting, so it is asked for just before
  const { meeting: now, tag } = await tagged(id);
  if (other.some((field) => now[field] !== seen[field])) throw new FactsChangedError(factsOf(now));
  const params = { path: { meeting_id: id }, header: { "if-match": tag } };
  const body = Object.fromEntries(other.map((field) => [field, written[field]]));
  return unwrap(client.PATCH("/api/v1/meetings/{meeting_id}", { params, body }));
}

async function tagged(id: string) {
  const request = client.GET("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } } });
  const meeting = await unwrap(request);
  return { meeting, tag: (await request).response.headers.get("ETag") };
}
