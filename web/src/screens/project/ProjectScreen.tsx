import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { GitCompareArrows, MessageCircleQuestion } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { projectsQuery } from "../../api/queries";
import { buttonLook } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { SaveAs } from "../../components/SaveAs";
import { Screen } from "../../components/Screen";
import { PrivateMark } from "./PrivateMark";
import { ProjectMenu } from "./ProjectMenu";
import { ProjectParts } from "./ProjectParts";

/** One project: what is known of it, and what can be done with it. */
export function ProjectScreen() {
  const { project: name } = useParams({ from: "/projects/$project" });
  // whoever comes back to this tab may have deleted the project in another one
  const { data, error, isPending, refetch } = useQuery({ ...projectsQuery, refetchOnWindowFocus: "always" });
  const project = data?.find((one) => one.name === name);
  if (data && !project) return <GoneProject name={name} />;
  return (
    <Screen title={name} actions={project && <ProjectActions project={project} />}>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={() => refetch()} />}
      {project && <ProjectParts key={name} project={name} />}
    </Screen>
  );
}

function ProjectActions({ project }: { project: Schemas["ProjectDocument"] }) {
  const { t } = useTranslation(["project", "common"]);
  const navigate = useNavigate();
  const address = (format: string) => {
    const query = new URLSearchParams({ format, base: location.origin });
    return `/api/v1/dossiers/${encodeURIComponent(project.name)}?${query}`;
  };
  return (
    <>
      {project.private && <PrivateMark />}
      <Link to="/" search={{ project: project.name }} className={buttonLook({ kind: "accent" })}>
        <MessageCircleQuestion aria-hidden />
        {t("project:ask_about")}
      </Link>
      <Link to="/compare" search={{ project: project.name }} className={buttonLook()}>
        <GitCompareArrows aria-hidden />
        {t("common:compare")}
      </Link>
      <SaveAs name={project.name} address={address} />
      <ProjectMenu project={project} onDeleted={() => navigate({ to: "/projects" })} />
    </>
  );
}

function GoneProject({ name }: { name: string }) {
  const { t } = useTranslation("project");
  return (
    <Screen title={name}>
      <div role="status">
        <Empty title={t("gone")}>
          <p>{t("gone_hint")}</p>
          <Link to="/projects" className="text-accent underline">
            {t("to_projects")}
          </Link>
        </Empty>
      </div>
    </Screen>
  );
}
