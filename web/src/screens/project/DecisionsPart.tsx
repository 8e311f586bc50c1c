import { useTranslation } from "react-i18next";
import { MatterList } from "./MatterList";
import { wasChanged } from "./steps";

/** The decisions; of one that was changed, what held before stands below it. */
export function DecisionsPart({ project }: { project: string }) {
  const { t } = useTranslation("project");
  return (
    <MatterList project={project} wanted={{ kind: ["decision"] }} none={t("no_decisions")} unfolded={wasChanged} />
  );
}
