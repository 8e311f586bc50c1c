import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { useDesk } from "./desk";
import { refreshMeetings } from "./queries";

/** A number, or the least and the most. */
const COUNT = "\\s*\\d{1,2}(\\s*-\\s*\\d{1,2})?\\s*";

/** Has the speakers of a recording told apart once more. */
export function TellSpeakers({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  const queries = useQueryClient();
  const [count, setCount] = useState("");
  const telling = useMutation({
    mutationFn: () =>
      unwrap(
        client.POST("/api/v1/meetings/{meeting_id}/speakers/tell", {
          params: { path: { meeting_id: meeting.id } },
          body: { speakers: count.trim() || null },
        }),
      ),
    onSuccess: () => {
      void refreshMeetings(queries);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    telling.mutate();
  };
  return (
    <Modal title={t("tell")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <p className="text-quiet">{t("tell_what")}</p>
        <TextField
          label={t("tell_count")}
          hint={t("tell_hint")}
          value={count}
          onChange={(event) => setCount(event.target.value)}
          maxLength={20}
          pattern={COUNT}
          title={t("tell_hint")}
        />
        {telling.isError && <Failure error={telling.error} />}
        <Button type="submit" kind="accent" disabled={telling.isPending}>
          {t("tell_go")}
        </Button>
      </form>
    </Modal>
  );
}
