import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Meeting, meetingsQuery, projectsQuery } from "../../api/queries";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { ProjectChoice } from "../../components/ProjectChoice";
import { SaveAs } from "../../components/SaveAs";
import { Screen } from "../../components/Screen";
import { KeptReports } from "../reports/KeptReports";
import { ComparisonView } from "./ComparisonView";
import { askedOf, type Choice, choiceOf } from "./choice";
import { Keep } from "./Keep";
import { ChooseProject, NoProjects, TooFew } from "./NothingYet";
import { PeriodPicker } from "./PeriodPicker";
import { comparisonQuery, comparisonUrl } from "./queries";

const route = getRouteApi("/compare");
const ready = (meetings: Meeting[]) => meetings.filter((meeting) => meeting.stage === "ready");

/** Two meetings, weeks or months of a project side by side; the address says which. */
export function CompareScreen() {
  const { t } = useTranslation();
  const asked = route.useSearch();
  const { data: projects, error, refetch } = useQuery(projectsQuery);
  const names = projects?.map(({ name }) => name);
  const project = asked.project ?? (names?.length === 1 ? names[0] : undefined);
  const gone = names !== undefined && project !== undefined && !names.includes(project);
  if (project !== undefined && !gone) return <OfProject key={project} project={project} />;
  return (
    <Screen title={t("compare")}>
      {error && <Failure error={error} retry={() => refetch()} />}
      {!names && !error && <Loading />}
      {names?.length === 0 && <NoProjects />}
      {names && names.length > 0 && <ChooseProject names={names} gone={project} />}
    </Screen>
  );
}

function OfProject({ project }: { project: string }) {
  const { t } = useTranslation();
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const { data: meetings, error, refetch } = useQuery({ ...meetingsQuery(project), select: ready });
  const choice = meetings ? choiceOf(asked, meetings) : null;
  const choose = (chosen: Choice) => navigate({ search: { project, ...askedOf(chosen) }, resetScroll: false });
  return (
    <Screen title={t("compare")} actions={choice && <Actions project={project} choice={choice} />}>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <ProjectChoice project={project} onChoose={(name) => navigate({ search: { project: name } })} />
        {choice && meetings && <PeriodPicker choice={choice} meetings={meetings} onChoose={choose} />}
      </div>
      {!meetings && !error && <Loading />}
      {error && <Failure error={error} retry={() => refetch()} />}
      {meetings && choice === null && <TooFew project={project} />}
      {choice && <Compared project={project} choice={choice} />}
      {meetings && <KeptReports project={project} />}
    </Screen>
  );
}

function Compared({ project, choice }: { project: string; choice: Choice }) {
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...comparisonQuery(project, choice),
    placeholderData: keepPreviousData,
  });
  if (error) return <Failure error={error} retry={() => refetch()} />;
  return (
    <div aria-busy={!data || isPlaceholderData} className={!data ? "min-h-dvh" : isPlaceholderData ? "opacity-50" : ""}>
      {data ? <ComparisonView project={project} comparison={data} /> : <Loading />}
    </div>
  );
}

function Actions({ project, choice }: { project: string; choice: Choice }) {
  const asked = askedOf(choice);
  return (
    <>
      <Keep key={JSON.stringify(asked)} project={project} asked={asked} />
      <SaveAs
        name={[project, choice.from, choice.to].join(" ")}
        address={(format) => comparisonUrl(project, asked, format)}
      />
    </>
  );
}
