import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { meetingsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Section } from "../../components/Section";
import { useActiveJobs } from "../jobs/queries";
import { ChangeRow } from "./ChangeRow";
import { applyGlossary, changesQuery, GLOSSARY, keepOwnWords } from "./queries";

/** What the glossary has changed in stored lines and would change now; a line can have its own words again. */
export function Changes({ project }: { project: string | undefined }) {
  const { t } = useTranslation("glossary");
  const queries = useQueryClient();
  const pages = useInfiniteQuery(changesQuery(project));
  const { data: meetings } = useQuery(meetingsQuery(project));
  const keeping = useMutation({
    mutationFn: keepOwnWords,
    onSuccess: () => queries.invalidateQueries({ queryKey: GLOSSARY }),
  });
  const changes = pages.data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <Section title={t("changes")} lead={t("changes_lead")}>
      {changes.some(({ state }) => state !== "made") && <Apply project={project} />}
      {pages.isPending && <Loading />}
      {pages.isError && <Failure error={pages.error} retry={() => pages.refetch()} />}
      {pages.isSuccess && changes.length === 0 && !pages.hasNextPage && (
        <p className="text-quiet">{t("changes_none")}</p>
      )}
      {keeping.isError && <Failure error={keeping.error} />}
      <p role="status" className="sr-only">
        {keeping.isSuccess && t("kept")}
      </p>
      {changes.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
          {changes.map((change, at) => (
            <ChangeRow
              key={at}
              change={change}
              meeting={meetings?.find(({ id }) => id === change.meeting_id)}
              busy={keeping.isPending}
              onKeep={() => keeping.mutate(change)}
            />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button className="mt-3" disabled={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Section>
  );
}

function Apply({ project }: { project: string | undefined }) {
  const { t } = useTranslation("glossary");
  const queries = useQueryClient();
  const { data: jobs = [] } = useActiveJobs();
  const applying = useMutation({
    mutationFn: () => applyGlossary(project),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
  const { isSuccess, data, reset } = applying;
  const isOver = isSuccess && !jobs.some(({ meeting_id: meeting }) => data.meetings.includes(meeting));
  useEffect(() => {
    if (!isOver) return;
    reset();
    void queries.invalidateQueries({ queryKey: GLOSSARY });
  }, [isOver, reset, queries]);
  return (
    <div className="mb-3 rounded-lg bg-accent-soft px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>{t("waiting")}</p>
        <Button small disabled={applying.isPending || isSuccess} onClick={() => applying.mutate()}>
          {t("apply")}
        </Button>
      </div>
      <p role="status" className="text-sm">
        {isSuccess && (
          <>
            {t("applied", { count: data.meetings.length })}{" "}
            <Link to="/jobs" className="underline">
              {t("to_jobs")}
            </Link>
          </>
        )}
      </p>
      {applying.isError && <Failure error={applying.error} />}
    </div>
  );
}
