import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "./client";

/** One word of a line, in seconds from the start of the recording. */
export type Word = Schemas["WordDocument"];

/** One line of a transcript. Times are seconds, null where nobody said when; `sure` false marks a guessed speaker. */
export type Utterance = Schemas["UtteranceDocument"];

/** What was said in a meeting. */
export type Transcript = Schemas["TranscriptDocument"];

/** A meeting's transcript. */
export const transcriptQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "transcript"],
    queryFn: ({ signal }) => transcript(meeting, false, signal),
  });

/** A meeting's transcript with the words of each line, where they were heard. */
export const spokenQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "transcript", "words"],
    queryFn: ({ signal }) => transcript(meeting, true, signal),
  });

const transcript = (meeting: string, words: boolean, signal: AbortSignal) =>
  unwrap(
    client.GET("/api/v1/meetings/{meeting_id}/transcript", {
      params: { path: { meeting_id: meeting }, query: { format: "json", words } },
      signal,
    }),
  );

/** Whether a line has something to read. */
export const isSaid = (line: Utterance) => line.text !== "";
