import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { activeJobsQuery, useRetry } from "../jobs/queries";
import { Reason } from "../jobs/Reason";
import { StageProgress } from "../jobs/StageProgress";
import { useDesk } from "./desk";
import { isUnderWay } from "./queries";

/** Where the work on a meeting stands, while there is any, and why it failed where it did. */
export function Standing() {
  const { meeting } = useDesk();
  if (isUnderWay(meeting)) return <UnderWay />;
  return (
    <>
      {meeting.stage === "failed" && <Failed />}
      {meeting.notes.length > 0 && <Notes notes={meeting.notes} />}
    </>
  );
}

function UnderWay() {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  const { data: job } = useQuery({
    ...activeJobsQuery,
    select: (jobs) => jobs.find((one) => one.meeting_id === meeting.id),
  });
  const { stage, progress } = job ?? meeting;
  return (
    <section aria-label={t("under_way")} className="mb-6 rounded-lg bg-accent-soft px-4 py-3">
      <p className="font-medium">{t("under_way")}</p>
      <StageProgress title={meeting.title} stage={stage} progress={progress} seconds={job?.eta_seconds ?? null} />
    </section>
  );
}

function Failed() {
  const { t } = useTranslation(["common", "meeting"]);
  const { meeting, playFrom } = useDesk();
  const retry = useRetry();
  return (
    <section role="alert" className="mb-6 rounded-lg bg-bad-soft px-4 py-3">
      <Reason error={meeting.error ?? t("failed")} hint={meeting.hint} />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button small disabled={retry.isPending} onClick={() => retry.mutate(meeting.id)}>
          {t("retry")}
        </Button>
        {meeting.has_media && (
          <Button small kind="quiet" onClick={() => playFrom(0)}>
            <Play aria-hidden />
            {t("meeting:play_recording")}
          </Button>
        )}
      </div>
      {retry.isError && <Failure error={retry.error} />}
    </section>
  );
}

function Notes({ notes }: { notes: string[] }) {
  const { t } = useTranslation("meeting");
  return (
    <details className="mb-4 text-quiet text-sm">
      <summary className="cursor-pointer">{t("notes", { notes: notes.length })}</summary>
      <ul className="mt-1 list-disc pl-5">
        {notes.map((note) => (
          <li key={note} className="break-words">
            {note}
          </li>
        ))}
      </ul>
    </details>
  );
}
