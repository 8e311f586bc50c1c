import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { day, lasting } from "../../time";
import { type Job, useCancel, useRetry } from "./queries";
import { Reason } from "./Reason";
import { StageProgress } from "./StageProgress";
import { isEnd } from "./stages";
import { WorkRow } from "./WorkRow";

/** One job: what it makes, where it stands, and what can be done with it. */
export function JobRow({ job }: { job: Job }) {
  const { t, i18n } = useTranslation(["jobs", "common"]);
  const { id, title, stage, project, date } = job;
  const retry = useRetry();
  const cancel = useCancel();
  const held = day(date, i18n.language);
  const titled = t("titled", { title, day: held });
  return (
    <WorkRow
      meeting={id}
      title={title}
      about={
        <>
          <bdi>{project}</bdi> · {held}
          <Took job={job} />
        </>
      }
      action={
        <>
          {stage === "failed" && (
            <Button
              small
              disabled={retry.isPending}
              aria-label={t("retry_of", { title: titled })}
              onClick={() => retry.mutate(id)}
            >
              {t("common:retry")}
            </Button>
          )}
          {!isEnd(stage) && (
            <Button
              small
              disabled={cancel.isPending}
              aria-label={t("cancel_of", { title: titled })}
              onClick={() => cancel.mutate(id)}
            >
              {t("common:cancel")}
            </Button>
          )}
        </>
      }
      error={retry.error ?? cancel.error}
    >
      {stage === "failed" && <Reason error={job.error} hint={job.hint} cancelled={job.cancelled} />}
      {!isEnd(stage) && (
        <StageProgress title={titled} stage={stage} progress={job.progress} seconds={job.eta_seconds} />
      )}
    </WorkRow>
  );
}

function Took({ job: { stage, started_at, finished_at } }: { job: Job }) {
  const { t, i18n } = useTranslation("jobs");
  if (stage !== "ready" || started_at === null || finished_at === null) return null;
  const seconds = (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
  return <> · {t("took", { time: lasting(seconds, i18n.language) })}</>;
}
