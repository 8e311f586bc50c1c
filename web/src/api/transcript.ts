import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas, unwrap } from "./client";

const LAST_OF_OPENING = 99;

/** One word of a line, in seconds from the start of the recording. */
export type Word = Schemas["WordDocument"];

/** One line of a transcript. Times are seconds, null where nobody said when; `sure` false marks a guessed speaker. */
export type Utterance = Schemas["UtteranceDocument"];

/** What was said in a meeting. */
export type Transcript = Schemas["TranscriptDocument"];

/** The first lines of a meeting's transcript, which of a long one are there long before the rest. */
export const openingQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "opening"],
    queryFn: ({ signal }) => transcript(meeting, { last: LAST_OF_OPENING }, signal),
  });

/** A meeting's transcript. */
export const transcriptQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "transcript"],
    queryFn: ({ signal }) => transcript(meeting, {}, signal),
  });

/** A meeting's transcript with the words of each line, where they were heard. */
export const spokenQuery = (meeting: string) =>
  queryOptions({
    queryKey: ["meetings", meeting, "transcript", "words"],
    queryFn: ({ signal }) => transcript(meeting, { words: true }, signal),
  });

const transcript = (meeting: string, part: { last?: number; words?: boolean }, signal: AbortSignal) =>
  unwrap(
    client.GET("/api/v1/meetings/{meeting_id}/transcript", {
      params: { path: { meeting_id: meeting }, query: { format: "json", ...part } },
      signal,
    }),
  );

/** Whether a line has something to read. */
export const isSaid = (line: Utterance) => line.text !== "";
