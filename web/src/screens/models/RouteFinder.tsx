import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { ChoiceField, TextField } from "../../components/Field";
import { Section } from "../../components/Section";
import { spoken } from "../../i18n";
import { findRoute } from "./queries";
import { RouteFound } from "./RouteFound";
import { ASKABLE } from "./tasks";

const USUAL_MINUTES = "42";

/** Asks which model would do a piece of work, and shows who would and why. */
export function RouteFinder() {
  const { t } = useTranslation("models");
  const { data: projects = [] } = useQuery(projectsQuery);
  const [task, setTask] = useState<(typeof ASKABLE)[number]>("extract");
  const [minutes, setMinutes] = useState(USUAL_MINUTES);
  const [project, setProject] = useState("");
  const [isPrivate, setPrivate] = useState(false);
  const finding = useMutation({
    mutationFn: () =>
      findRoute({
        task,
        minutes: Number(minutes),
        project: project || undefined,
        private: isPrivate,
        language: spoken(),
      }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finding.mutate();
  };
  return (
    <Section title={t("route")} lead={t("route_lead")}>
      <form onSubmit={submit} className="rounded-lg border border-line bg-raised p-4">
        <div className="grid gap-4 sm:grid-cols-3">
          <ChoiceField
            label={t("task")}
            value={task}
            onChange={(event) => setTask(ASKABLE.find((one) => one === event.target.value) ?? task)}
          >
            {ASKABLE.map((one) => (
              <option key={one} value={one}>
                {t(`task_${one}`)}
              </option>
            ))}
          </ChoiceField>
          <TextField
            label={t("minutes")}
            type="number"
            min={0}
            step="any"
            required
            value={minutes}
            onChange={(event) => setMinutes(event.target.value)}
          />
          <ChoiceField label={t("of_project")} value={project} onChange={(event) => setProject(event.target.value)}>
            <option value="">{t("any_project")}</option>
            {projects.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </ChoiceField>
        </div>
        <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={isPrivate}
              onChange={(event) => setPrivate(event.target.checked)}
              className="size-4 accent-accent"
            />
            {t("private")}
          </label>
          <Button kind="accent" type="submit">
            {t("ask")}
          </Button>
        </div>
      </form>
      <div aria-live="polite">
        {finding.isError && <Failure error={finding.error} />}
        {finding.data && <RouteFound route={finding.data} />}
      </div>
    </Section>
  );
}
