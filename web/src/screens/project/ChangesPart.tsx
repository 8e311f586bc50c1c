import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Section } from "../../components/Section";
import { Changes } from "./Changes";
import { DayChoice, useMeetingDays } from "./DayChoice";
import { Edits } from "./Edits";
import { editsQuery } from "./queries";

/** What the dossier says otherwise than on an earlier day, and what people corrected. */
export function ChangesPart({ project }: { project: string }) {
  const { t } = useTranslation("project");
  const days = useMeetingDays(project);
  const [chosen, choose] = useState<string>();
  const [until, setUntil] = useState<string>();
  const edits = useQuery(editsQuery(project));
  const since = chosen ?? days[1];
  return (
    <>
      <Section
        title={t("tab_changes")}
        actions={
          since !== undefined && (
            <div className="flex flex-wrap gap-x-4 gap-y-2">
              <DayChoice project={project} label={t("since")} day={since} onChoose={choose} />
              <DayChoice project={project} label={t("until")} now={t("now")} day={until} onChoose={setUntil} />
            </div>
          )
        }
      >
        {since === undefined ? (
          <p className="text-quiet">{t("one_day")}</p>
        ) : (
          <Changes project={project} since={since} until={until} />
        )}
      </Section>
      <Section title={t("edits")}>
        {edits.isPending && <Loading />}
        {edits.isError && <Failure error={edits.error} retry={() => edits.refetch()} />}
        {edits.data?.length === 0 && <p className="text-quiet">{t("edits_none")}</p>}
        {edits.data && <Edits project={project} edits={edits.data} />}
      </Section>
    </>
  );
}
