import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../api/queries";
import { TextField } from "../components/Field";

/** Where meetings go: a project that there is, or the name of a new one. */
export function ProjectField({ project, onChange }: { project: string; onChange: (project: string) => void }) {
  const { t } = useTranslation("uploads");
  const { data: projects } = useQuery(projectsQuery);
  const list = useId();
  const name = project.trim();
  const isNew = name !== "" && projects?.every((known) => known.name !== name);
  return (
    <>
      <TextField
        label={t("project")}
        hint={isNew ? t("project_new", { name }) : t("project_hint")}
        list={list}
        required
        maxLength={200}
        value={project}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {projects?.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
