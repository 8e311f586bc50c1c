import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { PrivateMark } from "./PrivateMark";
import { ProjectMenu } from "./ProjectMenu";

/** A project in the list: all of it leads there, besides its menu. */
export function ProjectCard({ project, latest }: { project: Schemas["ProjectDocument"]; latest: string | undefined }) {
  const { t } = useTranslation("project");
  return (
    <article className="relative flex h-full items-start gap-2 rounded-xl border border-line bg-raised p-4 hover:border-accent">
      <div className="min-w-0 flex-1">
        <h2 className="break-words font-semibold text-lg leading-snug">
          <Link
            to="/projects/$project"
            params={{ project: project.name }}
            className="after:absolute after:inset-0 after:rounded-xl"
          >
            <bdi>{project.name}</bdi>
          </Link>
        </h2>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-quiet text-sm">
          <span>{t("count_meetings", { n: project.meetings })}</span>
          {latest !== undefined && <span>{t("latest", { day: day(latest, spoken()) })}</span>}
          {project.private && <PrivateMark />}
        </p>
      </div>
      <div className="relative -mt-1 -mr-2">
        <ProjectMenu project={project} />
      </div>
    </article>
  );
}
