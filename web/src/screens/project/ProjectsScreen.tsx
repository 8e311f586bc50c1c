import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { meetingsQuery, projectsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Screen } from "../../components/Screen";
import { NewProject } from "./NewProject";
import { ProjectCard } from "./ProjectCard";

/** The projects: each with its meetings, a way to it, and a way to make another. */
export function ProjectsScreen() {
  const { t } = useTranslation(["project", "common"]);
  const { data, error, isPending, refetch } = useQuery(projectsQuery);
  const { data: meetings = [] } = useQuery(meetingsQuery());
  const latest = new Map(meetings.map(({ project, date }) => [project, date]));
  const [making, setMaking] = useState(false);
  return (
    <Screen
      title={t("common:projects")}
      actions={
        <Button kind="accent" onClick={() => setMaking(true)}>
          <Plus aria-hidden />
          {t("new")}
        </Button>
      }
    >
      <p className="mb-6 max-w-2xl text-quiet">{t("lead")}</p>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={() => refetch()} />}
      {data?.length === 0 && (
        <Empty title={t("none")}>
          <p>{t("none_hint")}</p>
          <Link to="/meetings" className="text-accent underline">
            {t("to_meetings")}
          </Link>
        </Empty>
      )}
      {data && (
        <ul className="grid gap-4 sm:grid-cols-2">
          {data.map((project) => (
            <li key={project.name} className="min-w-0">
              <ProjectCard project={project} latest={latest.get(project.name)} />
            </li>
          ))}
        </ul>
      )}
      {making && <NewProject onClose={() => setMaking(false)} />}
    </Screen>
  );
}
