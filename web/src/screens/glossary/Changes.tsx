import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { meetingsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Section } from "../../components/Section";
import { ChangeRow } from "./ChangeRow";
import { changesQuery, GLOSSARY, keepOwnWords } from "./queries";
import { type Applying, useApplying } from "./useApplying";

/** What the glossary has changed in stored lines and would change now; a line can have its own words again. */
export function Changes({ project }: { project: string | undefined }) {
  const { t } = useTranslation("glossary");
  const queries = useQueryClient();
  const pages = useInfiniteQuery(changesQuery(project));
  const { data: meetings } = useQuery(meetingsQuery(project));
  const applying = useApplying(project);
  const keeping = useMutation({
    mutationFn: keepOwnWords,
    onSuccess: () => queries.invalidateQueries({ queryKey: GLOSSARY }),
  });
  const changes = pages.data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <Section title={t("changes")} lead={t("changes_lead")}>
      {(applying.isBusy || changes.some(({ state }) => state !== "made")) && <Apply applying={applying} />}
      {pages.isPending && <Loading />}
      {pages.isError && <Failure error={pages.error} retry={() => pages.refetch()} />}
      {pages.isSuccess && changes.length === 0 && !pages.hasNextPage && !applying.isBusy && (
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

/** What was not applied yet, with a way to do it, and how that goes. */
function Apply({ applying: { apply, isBusy, meetings, error } }: { applying: Applying }) {
  const { t } = useTranslation("glossary");
  return (
    <div className="mb-3 rounded-lg bg-accent-soft px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p role="status">
          {meetings === undefined ? (
            t("waiting")
          ) : (
            <>
              {t("applied", { count: meetings.length })}{" "}
              <Link to="/jobs" className="underline">
                {t("to_jobs")}
              </Link>
            </>
          )}
        </p>
        <Button small disabled={isBusy} onClick={apply}>
          {t("apply")}
        </Button>
      </div>
      {error && <Failure error={error} />}
    </div>
  );
}
