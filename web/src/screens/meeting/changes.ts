import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client, type Schemas, unwrap } from "../../api/client";
import { type Transcript, transcriptQuery } from "../../api/transcript";
import { useDesk } from "./desk";
import { type Reach, refreshMeetings } from "./queries";

/** Another text for a line, or another speaker, as far as it reaches; `expected` is what was seen. */
type Correction = { line: number; expected: string } & (
  | { text: string; speaker?: never; reach?: never }
  | { speaker: string | null; reach: Reach; text?: never }
);

/** Corrects a line or its speaker; the transcript shows a new text at once. */
export function useCorrection() {
  const { t } = useTranslation("meeting");
  const { meeting, tell } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Correction) =>
      unwrap(
        client.POST("/api/v1/meetings/{meeting_id}/corrections", {
          params: { path: { meeting_id: meeting.id } },
          // what has a default may be left out, and of a text the reach must be
          body: body as Schemas["NewCorrection"],
        }),
      ),
    // what was done before is not what would be undone next
    onMutate: () => tell(null),
    onSuccess: (made, { line, text }) => {
      if (text)
        queries.setQueriesData<Transcript>(
          { queryKey: transcriptQuery(meeting.id).queryKey },
          (old) => old && withText(old, line, text),
        );
      const lines = made.reduce((count, one) => count + one.lines.length, 0);
      tell({ said: t("corrected", { lines }), correction: made[0]?.id });
      void refreshMeetings(queries);
    },
  });
}

/** Says of a line that it is right as it stands. */
export function useFoundRight() {
  const { t } = useTranslation("meeting");
  const { meeting, tell } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (line: number) =>
      unwrap(
        client.POST("/api/v1/meetings/{meeting_id}/review", {
          params: { path: { meeting_id: meeting.id } },
          body: { lines: [line] },
        }),
      ),
    onSuccess: (made) => {
      tell({ said: t("found_right"), correction: made[0]?.id });
      void refreshMeetings(queries);
    },
  });
}

/** Takes a correction back wherever it reached. */
export function useUndo() {
  const { t } = useTranslation("meeting");
  const { tell } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (correction: string) =>
      unwrap(client.DELETE("/api/v1/corrections/{correction_id}", { params: { path: { correction_id: correction } } })),
    onSuccess: () => {
      tell({ said: t("undone") });
      void refreshMeetings(queries);
    },
  });
}

function withText(transcript: Transcript, line: number, text: string): Transcript {
  const utterances = transcript.utterances.map((one) => (one.i === line ? { ...one, text } : one));
  return { ...transcript, utterances };
}
