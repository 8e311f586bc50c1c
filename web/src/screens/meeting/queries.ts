import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "../../api/client";
import type { Meeting } from "../../api/queries";

export type Flag = Schemas["FlagDocument"];
export type Voice = Schemas["SpeakerDocument"];
export type Item = Schemas["ItemDocument"];
export type Rehearing = Schemas["RehearingDocument"];
export type Reach = Schemas["Reach"];
export type Waveform = Schemas["WaveformDocument"];

/** Whether a meeting is still being worked on. */
export const isUnderWay = (meeting: Meeting | undefined) =>
  meeting !== undefined && meeting.stage !== "ready" && meeting.stage !== "failed";

const of = (meeting: string) => ({ params: { path: { meeting_id: meeting } } });

/** How loud a recording is all along. It is never another one, however the meeting changes. */
export const waveformQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["waveforms", meeting],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/meetings/{meeting_id}/waveform", { ...of(meeting), signal })),
  });

/** What of a meeting deserves a listen. */
export const flagsQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "review"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/meetings/{meeting_id}/review", { ...of(meeting), signal })),
  });

/** The voices that were told apart in a recording. */
export const voicesQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "speakers"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/meetings/{meeting_id}/speakers", { ...of(meeting), signal })),
  });

/** Everybody who speaks in the meetings of a project. */
export const namesQuery = (project: string) =>
  queryOptions({
    queryKey: ["people", project, "names"],
    queryFn: ({ signal }) =>
      unwrap(client.GET("/api/v1/speaker-sides", { params: { query: { project } }, signal })).then((found) =>
        found.map(({ name }) => name),
      ),
  });

/** The spans that were or will be heard again. */
export const rehearingsQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "rehearings"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/meetings/{meeting_id}/rehearings", { ...of(meeting), signal })),
    refetchInterval: ({ state }) => (state.data?.some((one) => !one.done_at && !one.undone_at) ? 1_500 : false),
  });

/** Everything that matters in a meeting, page by page. */
export const itemsQuery = (project: string, meeting: string) =>
  queryOptions({
    queryKey: ["items", project, "meeting", meeting],
    queryFn: async ({ signal }) => {
      const found: Item[] = [];
      let cursor: string | undefined;
      do {
        const page = (await unwrap(
          client.GET("/api/v1/items", { params: { query: { project, meeting, cursor, limit: 500 } }, signal }),
        )) as Schemas["ItemPage"];
        found.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return found;
    },
  });

/** Whatever is known of meetings and of what was said in them is asked for again. */
export async function refreshMeetings(queries: QueryClient): Promise<void> {
  await Promise.all(
    ["meetings", "items", "jobs", "readings"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
  );
}
