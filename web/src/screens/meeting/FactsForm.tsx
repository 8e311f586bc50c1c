import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { useDesk } from "./desk";
import { type Facts, FactsChangedError, factsOf, useFactsChange } from "./facts";

/** Changes what a meeting is called, its day and its project. */
export function FactsForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["meeting", "common"]);
  const { meeting } = useDesk();
  const [seen, setSeen] = useState(() => factsOf(meeting));
  const [written, setWritten] = useState<Partial<Facts>>({});
  const projects = useId();
  const known = useQuery(projectsQuery);
  const change = useFactsChange(seen, onClose, setSeen);
  const facts = { ...seen, ...written };
  const set = (field: keyof Facts) => (event: { target: HTMLInputElement }) =>
    setWritten({ ...written, [field]: event.target.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(written);
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
        {change.isError && <NotSaved error={change.error} />}
        <Button type="submit" kind="accent" disabled={change.isPending}>
          {t("common:save")}
        </Button>
      </form>
    </Modal>
  );
}

function NotSaved({ error }: { error: Error }) {
  const { t } = useTranslation("meeting");
  if (!(error instanceof FactsChangedError)) return <Failure error={error} />;
  const { title, project, date } = error.now;
  return (
    <p role="alert" className="break-words rounded-lg bg-warn-soft px-4 py-3 text-sm">
      {t("facts_changed", { title, project, date: day(date, spoken()) })}
    </p>
  );
}
