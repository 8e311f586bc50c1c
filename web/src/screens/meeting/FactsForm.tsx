import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { meetingQuery, projectsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { useDesk } from "./desk";
import { refreshMeetings } from "./queries";

/** Changes what a meeting is called, its day and its project. */
export function FactsForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["meeting", "common"]);
  const { meeting } = useDesk();
  const [facts, setFacts] = useState({ title: meeting.title, date: meeting.date, project: meeting.project });
  const projects = useId();
  const known = useQuery(projectsQuery);
  const change = useFactsChange(onClose);
  const set = (field: keyof typeof facts) => (event: { target: HTMLInputElement }) =>
    setFacts({ ...facts, [field]: event.target.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(facts);
  };
  return (
    <Modal title={t("edit_facts")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <TextField label={t("title")} value={facts.title} onChange={set("title")} required maxLength={300} />
        <TextField label={t("date")} type="date" value={facts.date} onChange={set("date")} required />
        <TextField
          label={t("project")}
          hint={t("project_hint")}
          value={facts.project}
          onChange={set("project")}
          list={projects}
          required
        />
        <datalist id={projects}>
          {known.data?.map(({ name }) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        {change.isError && <Failure error={change.error} />}
        <Button type="submit" kind="accent" disabled={change.isPending}>
          {t("common:save")}
        </Button>
      </form>
    </Modal>
  );
}

interface Facts {
  title: string;
  date: string;
  project: string;
}

function useFactsChange(onDone: () => void) {
  const { t } = useTranslation("meeting");
  const { meeting, tell } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (facts: Facts) => {
      const same = (["title", "date", "project"] as const).every((field) => facts[field].trim() === meeting[field]);
      return same
        ? null
        : unwrap(
            client.PATCH("/api/v1/meetings/{meeting_id}", {
              params: { path: { meeting_id: meeting.id } },
              body: facts,
            }),
          );
    },
    onSuccess: (changed) => {
      if (changed !== null) {
        queries.setQueryData(meetingQuery(meeting.id).queryKey, changed);
        tell({ said: t("saved") });
        void refreshMeetings(queries);
      }
      onDone();
    },
  });
}
