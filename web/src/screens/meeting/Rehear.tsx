import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { ChoiceField, TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { clock } from "../../time";
import { useDesk } from "./desk";
import { refreshMeetings } from "./queries";
import { Rehearings } from "./Rehearings";
import { secondsOf } from "./spans";

/** Has a span of the recording heard again, and shows what came of it before. */
export function Rehear({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("meeting");
  return (
    <Modal title={t("rehear")} onClose={onClose}>
      <p className="mb-4 text-quiet">{t("rehear_what")}</p>
      <SpanForm />
      <Rehearings />
    </Modal>
  );
}

function SpanForm() {
  const { t } = useTranslation("meeting");
  const { lines, target } = useDesk();
  const line = lines[target?.row ?? 0];
  const [from, setFrom] = useState(clock(line?.start ?? 0));
  const [to, setTo] = useState(clock(Math.ceil(line?.end ?? (line?.start ?? 0) + 10)));
  const [language, setLanguage] = useState("");
  const rehearing = useRehearing();
  const [start, end] = [secondsOf(from), secondsOf(to)];
  const right = start !== null && end !== null && end > start;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (right) rehearing.mutate({ start, end, language: language || null });
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="grid grid-cols-2 gap-3">
        <TextField label={t("from")} value={from} onChange={(event) => setFrom(event.target.value)} required />
        <TextField label={t("to")} value={to} onChange={(event) => setTo(event.target.value)} required />
      </div>
      <ChoiceField label={t("language")} value={language} onChange={(event) => setLanguage(event.target.value)}>
        <option value="">{t("language_meeting")}</option>
        <option value="auto">{t("language_auto")}</option>
        <option value="zh">{t("language_zh")}</option>
        <option value="en">{t("language_en")}</option>
      </ChoiceField>
      {rehearing.isError && <Failure error={rehearing.error} />}
      <Button type="submit" kind="accent" disabled={!right || rehearing.isPending}>
        {t("rehear_go")}
      </Button>
    </form>
  );
}

function useRehearing() {
  const { meeting } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { start: number; end: number; language: string | null }) =>
      unwrap(
        client.POST("/api/v1/meetings/{meeting_id}/rehearings", {
          params: { path: { meeting_id: meeting.id } },
          body,
        }),
      ),
    onSuccess: () => refreshMeetings(queries),
  });
}
