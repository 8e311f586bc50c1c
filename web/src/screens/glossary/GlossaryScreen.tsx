import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ProjectChoice } from "../../components/ProjectChoice";
import { Screen } from "../../components/Screen";
import { Changes } from "./Changes";
import { Suggestions } from "./Suggestions";
import { Terms } from "./Terms";

/** The names and terms of a project, or those that all share: how they are written, and what that changes. */
export function GlossaryScreen() {
  const { t } = useTranslation(["glossary", "common"]);
  const { project } = useSearch({ from: "/glossary" });
  const navigate = useNavigate();
  const choose = (chosen: string | undefined) => void navigate({ to: "/glossary", search: { project: chosen } });
  return (
    <Screen
      title={t("common:glossary")}
      actions={<ProjectChoice project={project} all={t("shared")} onChoose={choose} />}
    >
      <Terms key={project} project={project} />
      <Suggestions project={project} />
      <Changes project={project} />
    </Screen>
  );
}
