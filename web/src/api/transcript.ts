import { queryOptions } from "@tanstack/react-query";
import { client, unwrap } from "./client";

/** One word of a line, in seconds from the start of the recording. */
export interface Word {
  text: string;
  start: number;
  end: number;
  probability?: number | null;
}

/** One line of a transcript. Times are seconds, null where nobody said when; `sure` false marks a guessed speaker. */
export interface Utterance {
  i: number;
  speaker: string | null;
  text: string;
  start: number | null;
  end: number | null;
  sure?: boolean;
  words?: Word[];
}

/** What was said in a meeting. */
export interface Transcript {
  id: string;
  project: string;
  title: string;
  date: string;
  language: string;
  duration: number | null;
  utterances: Utterance[];
}

/** A meeting's transcript. */
export const transcriptQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "transcript"],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET("/api/v1/meetings/{meeting_id}/transcript", {
          params: { path: { meeting_id: meeting }, query: { format: "json" } },
          signal,
        }),
      ).then((found) => found as unknown as Transcript),
  });

/** Whether a line has something to read. */
export const isSaid = (line: Utterance) => line.text !== "";
