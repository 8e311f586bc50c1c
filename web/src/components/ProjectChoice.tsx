import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../api/queries";

/** Chooses a project; where `all` says what that means, also none of them. */
export function ProjectChoice({
  project,
  all,
  onChoose,
}: {
  project: string | undefined;
  all?: string;
  onChoose: (project: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const { data: projects = [] } = useQuery(projectsQuery);
  const names = projects.map(({ name }) => name);
  // one that was deleted meanwhile is still what is shown
  if (project !== undefined && !names.includes(project)) names.push(project);
  return (
    <select
      aria-label={t("projects")}
      value={project ?? ""}
      onChange={(event) => onChoose(event.target.value || undefined)}
      className="max-w-full truncate rounded-md border border-line bg-raised px-3 py-2 font-medium"
    >
      {all !== undefined && <option value="">{all}</option>}
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}
