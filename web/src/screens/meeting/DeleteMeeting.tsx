import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { Confirm } from "../../components/Confirm";
import { spoken } from "../../i18n";
import { usePlayer } from "../../player/Player";
import { day } from "../../time";
import { useDesk } from "./desk";
import { refreshMeetings } from "./queries";

/** Deletes the meeting with all that came of it. */
export function DeleteMeeting({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["meeting", "common"]);
  const { meeting } = useDesk();
  const { now, close } = usePlayer();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const removal = useMutation({
    mutationFn: () =>
      unwrap(client.DELETE("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: meeting.id } } })),
    onSuccess: async () => {
      if (now?.meeting === meeting.id) close();
      await navigate({ to: "/meetings", search: { project: meeting.project } });
      queries.removeQueries({ queryKey: ["meetings", meeting.id] });
      await refreshMeetings(queries);
    },
  });
  return (
    <Confirm
      title={t("delete_title", { title: meeting.title, day: day(meeting.date, spoken()) })}
      action={t("common:delete")}
      busy={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      <p>{t("delete_what")}</p>
      <p>{t("delete_kept")}</p>
    </Confirm>
  );
}
