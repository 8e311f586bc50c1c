import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { ProjectChoice } from "../../components/ProjectChoice";
import { Section } from "../../components/Section";
import { day } from "../../time";
import { type Reading, readingsQuery, useReadAgain } from "./queries";
import { Reason } from "./Reason";
import { WorkRow } from "./WorkRow";

/** Which meetings of a project were read, by what, and which failed. */
export function Readings() {
  const { t } = useTranslation("jobs");
  const { data: projects } = useQuery(projectsQuery);
  const [chosen, setChosen] = useState<string>();
  const project = chosen ?? projects?.[0]?.name;
  if (project === undefined) return null;
  return (
    <Section
      title={t("readings")}
      lead={t("readings_lead")}
      actions={<ProjectChoice project={project} onChoose={setChosen} />}
    >
      <ReadingsOf project={project} />
    </Section>
  );
}

function ReadingsOf({ project }: { project: string }) {
  const { t } = useTranslation("jobs");
  const { data, error, refetch } = useQuery(readingsQuery(project));
  if (error !== null) return <Failure error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  if (data.readings.length === 0) return <Empty title={t("no_readings")} />;
  return (
    <ul className="divide-y divide-line border-line border-y">
      {data.readings.toReversed().map((reading) => (
        <ReadingRow key={reading.id} reading={reading} />
      ))}
    </ul>
  );
}

function ReadingRow({ reading: { id, title, date, state, error, hint, spent } }: { reading: Reading }) {
  const { t, i18n } = useTranslation("jobs");
  const again = useReadAgain();
  const model = typeof spent.model === "string" ? spent.model : null;
  const stopped = typeof spent.model_error === "string" ? spent.model_error : null;
  const held = day(date, i18n.language);
  const readBy = model === null ? t("read_by_rules") : t("read_by_model", { model });
  return (
    <WorkRow
      meeting={id}
      title={title}
      about={
        <>
          {held}
          {state === "read" && ` · ${readBy}`}
          {state === "reading" && ` · ${t("reading")}`}
        </>
      }
      action={
        state !== "reading" && (
          <Button
            small
            disabled={again.isPending}
            aria-label={t("read_again_of", { title: t("titled", { title, day: held }) })}
            onClick={() => again.mutate(id)}
          >
            {t("read_again")}
          </Button>
        )
      }
      error={again.error}
    >
      {state === "failed" && <Reason error={error} hint={hint} />}
      {stopped !== null && <p className="break-words text-sm text-warn">{t("model_stopped", { error: stopped })}</p>}
    </WorkRow>
  );
}
