import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client, type Schemas, unwrap } from "../../api/client";
import { type Transcript, transcriptQuery } from "../../api/transcript";
import { type Correction, corrected } from "./corrected";
import { useDesk } from "./desk";
import { refreshMeetings } from "./queries";

const CORRECTING = ["correcting"];

/**
 * Corrects a line or its speaker. The transcript shows it at once; where the server refuses, it is as before again, and
 * what was written is there to be changed.
 */
export function useCorrection(row: number) {
  const { t } = useTranslation("meeting");
  const { meeting, tell, edit } = useDesk();
  const queries = useQueryClient();
  const { queryKey } = transcriptQuery(meeting.id);
  const tellDone = useTellCorrected();
  return useMutation({
    mutationKey: CORRECTING,
    // one after the other, since each was made of what the one before has left
    scope: { id: `corrections of ${meeting.id}` },
    mutationFn: (body: Correction) =>
      unwrap(
        client.POST("/api/v1/meetings/{meeting_id}/corrections", {
          params: { path: { meeting_id: meeting.id } },
          // what has a default may be left out, and of a text the reach must be
          body: body as Schemas["NewCorrection"],
        }),
      ),
    onMutate: async (correction) => {
      tell({ said: t("saving") });
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueriesData<Transcript>({ queryKey });
      queries.setQueriesData<Transcript>({ queryKey }, (old) => old && corrected(old, correction));
      return before;
    },
    onSuccess: tellDone,
    onError: (error, correction, before) => {
      for (const [key, transcript] of before ?? []) queries.setQueryData(key, transcript);
      tell({ said: t("not_saved") });
      const what = correction.text === undefined ? "speaker" : "text";
      edit((open) => open ?? { row, what, refused: { correction, error } });
    },
    onSettled: () => {
      if (queries.isMutating({ mutationKey: CORRECTING }) === 1) void refreshMeetings(queries);
    },
  });
}

function useTellCorrected() {
  const { t } = useTranslation(["meeting", "common"]);
  const { tell } = useDesk();
  // a name of another direction must not turn the words around it
  const nameOf = (speaker: string | null) => `\u2068${speaker || t("common:unknown_speaker")}\u2069`;
  return (made: Schemas["CorrectionDocument"][], { text, speaker, expected }: Correction) => {
    const names = { before: nameOf(expected), after: nameOf(speaker ?? null) };
    const counted = { meetings: made.length, lines: made.reduce((count, one) => count + one.lines.length, 0) };
    const said =
      text === undefined
        ? t(made.length > 1 ? "speaker_given_in" : "speaker_given", { ...names, ...counted })
        : t("text_corrected");
    tell({ said, correction: made[0]?.id });
  };
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
