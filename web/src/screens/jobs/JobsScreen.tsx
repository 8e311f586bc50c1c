import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import { ended } from "./ended";
import { JobRow } from "./JobRow";
import { type Job, jobsQuery, useActiveJobs } from "./queries";
import { Readings } from "./Readings";

/** The work on meetings: what is under way, what failed, what is done, and how far the meetings were read. */
export function JobsScreen() {
  const { t } = useTranslation("common");
  return (
    <Screen title={t("jobs")}>
      <Told />
      <Active />
      <Ended />
      <Readings />
    </Screen>
  );
}

/** How many jobs run and have failed, for those who do not see the lists change. */
function Told() {
  const { t } = useTranslation("jobs");
  const { data: active } = useActiveJobs();
  const { data: all } = useQuery(jobsQuery);
  return (
    <p role="status" className="sr-only">
      {active && all && t("standing", { active: active.length, failed: ended(all, "failed").length })}
    </p>
  );
}

function Active() {
  const { t } = useTranslation("jobs");
  const { data, error, refetch } = useActiveJobs();
  return (
    <Section title={t("active")} lead={t("lead")}>
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data?.length === 0 && (
        <Empty title={t("none_active")}>
          <Link to="/meetings" className="text-accent underline">
            {t("add_meetings")}
          </Link>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && <Rows jobs={data} />}
    </Section>
  );
}

const SHOWN_AT_FIRST = 10;
const SHOWN_MORE = 50;

function Ended() {
  const { t } = useTranslation("jobs");
  const { data } = useQuery(jobsQuery);
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  if (data === undefined) return null;
  const [failed, done] = [ended(data, "failed"), ended(data, "ready")];
  const hidden = done.length - shown;
  return (
    <>
      {failed.length > 0 && (
        <Section title={t("failed")}>
          <Rows jobs={failed} />
        </Section>
      )}
      {done.length > 0 && (
        <Section title={t("ended")}>
          <Rows jobs={done.slice(0, shown)} />
          {hidden > 0 && (
            <Button small className="mt-2" onClick={() => setShown(shown + SHOWN_MORE)}>
              {t("show_more", { count: Math.min(hidden, SHOWN_MORE) })}
            </Button>
          )}
        </Section>
      )}
    </>
  );
}

function Rows({ jobs }: { jobs: readonly Job[] }) {
  return (
    <ul className="divide-y divide-line border-line border-y">
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  );
}
