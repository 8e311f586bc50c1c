import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../../api/queries";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { ProjectChoice } from "../../components/ProjectChoice";
import { Screen } from "../../components/Screen";
import { useActiveJobs } from "../jobs/queries";
import { isNameless } from "../meeting/names";
import { everybody } from "./everybody";
import { PersonRow } from "./PersonRow";
import { peopleQuery, sidesQuery } from "./queries";

/** The people of a project: the one in the address, else the first. */
export function PeopleScreen() {
  const { t } = useTranslation(["people", "common"]);
  const search = useSearch({ from: "/people" });
  const navigate = useNavigate();
  const projects = useQuery(projectsQuery);
  const project = search.project ?? projects.data?.[0]?.name;
  const choose = (chosen: string | undefined) => void navigate({ to: "/people", search: { project: chosen } });
  return (
    <Screen title={t("common:people")} actions={project && <ProjectChoice project={project} onChoose={choose} />}>
      <p className="mb-4 max-w-2xl text-quiet">{t("lead")}</p>
      {projects.isPending && <Loading />}
      {projects.isError && <Failure error={projects.error} retry={() => projects.refetch()} />}
      {project && <People key={project} project={project} />}
      {projects.isSuccess && !project && <Nobody project={undefined} />}
    </Screen>
  );
}

function People({ project }: { project: string }) {
  const { t } = useTranslation("people");
  const people = useQuery(peopleQuery(project));
  const sides = useQuery(sidesQuery(project));
  const { data: jobs = [] } = useActiveJobs();
  const [updated, setUpdated] = useState<number | null>(null);
  if (people.isPending || sides.isPending) return <Loading />;
  if (people.isError || sides.isError) {
    return (
      <Failure error={people.error ?? sides.error} retry={() => Promise.all([people.refetch(), sides.refetch()])} />
    );
  }
  const found = everybody(people.data, sides.data);
  return (
    <>
      <p role="status" className="text-good text-sm">
        {updated !== null &&
          t(jobs.some((job) => job.project === project) ? "updating" : "updated", { count: updated })}
      </p>
      {found.length === 0 && <Nobody project={project} />}
      {found.length > 0 && (
        <ul className="mt-2 divide-y divide-line rounded-lg border border-line bg-raised">
          {found.map((somebody) => (
            <PersonRow
              key={somebody.person?.id ?? somebody.name}
              project={project}
              somebody={somebody}
              onUpdated={setUpdated}
            />
          ))}
        </ul>
      )}
      {found.length > 0 && sides.data.some(({ name }) => isNameless(name)) && (
        <p className="mt-3 text-quiet text-sm">
          {t("some_unnamed")} <ToMeetings project={project} />
        </p>
      )}
    </>
  );
}

function Nobody({ project }: { project: string | undefined }) {
  const { t } = useTranslation("people");
  return (
    <Empty title={t("none")}>
      <p>{t("none_hint")}</p>
      <ToMeetings project={project} />
    </Empty>
  );
}

function ToMeetings({ project }: { project: string | undefined }) {
  const { t } = useTranslation("people");
  return (
    <Link to="/meetings" search={{ project }} className="text-accent underline">
      {t("to_meetings")}
    </Link>
  );
}
