import { useQueries, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../../api/queries";
import { Title } from "../../components/Title";
import { Welcome as FirstRun } from "../welcome/Welcome";
import { itemExamples } from "./nextQuestions";
import { askableQuery } from "./queries";
import { Suggestions } from "./Suggestions";

const MOST_EXAMPLES = 4;
const MOST_PROJECTS = 2;

/** The heading above the composer while nothing has been asked. */
export function Welcome() {
  const { t } = useTranslation(["ask", "common"]);
  return (
    <div className="text-center">
      <Title page={t("common:ask")} className="font-semibold text-2xl tracking-tight sm:text-3xl">
        {t("welcome")}
      </Title>
      <p className="mx-auto mt-2 max-w-lg text-balance text-quiet">{t("lead")}</p>
    </div>
  );
}

/** What could be asked, from what there is; where there are no meetings, the guide for the first run. */
export function Examples({ project, onAsk }: { project: string | undefined; onAsk: (question: string) => void }) {
  const { t } = useTranslation("ask");
  const { data: projects = [], isSuccess } = useQuery(projectsQuery);
  const used = projects.filter(({ meetings }) => meetings > 0).map(({ name }) => name);
  const chosen = project === undefined ? used.slice(0, MOST_PROJECTS) : [project];
  const examples = useExamples(chosen);
  if (isSuccess && used.length === 0) return <FirstRun />;
  return <Suggestions title={t("examples")} heading="h2" all={examples} onAsk={onAsk} />;
}

/** Some examples of each project, together not too many. */
function useExamples(projects: string[]) {
  const read = useQueries({ queries: projects.map(askableQuery) });
  const each = Math.ceil(MOST_EXAMPLES / Math.max(1, projects.length));
  return read.flatMap(({ data }) => itemExamples(data?.items ?? []).slice(0, each));
}
