import { useQuery } from "@tanstack/react-query";
import { LoaderCircle, Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { activeJobsQuery, useRetry } from "../jobs/queries";
import { Reason } from "../jobs/Reason";
import { StageProgress, useStageWords } from "../jobs/StageProgress";
import { useDesk } from "./desk";
import { isUnderWay } from "./queries";

/** Where the work on a meeting stands, while there is any, and why it failed where it did. */
export function Standing() {
  const { meeting, lines } = useDesk();
  if (isUnderWay(meeting) && lines.length === 0) return <UnderWay />;
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
  return (
    <section aria-label={t("under_way")} className="mb-6 rounded-lg bg-accent-soft px-4 py-3">
      <p className="font-medium">{t("under_way")}</p>
      <StageProgress title={meeting.title} {...useWork()} />
    </section>
  );
}

/** That a meeting that can be read is worked on again. It stands in the space between others, so that nothing moves. */
export function WorkedOnAgain() {
  const { t } = useTranslation("meeting");
  const { meeting, lines } = useDesk();
  const words = useStageWords(useWork());
  if (!isUnderWay(meeting) || lines.length === 0) return null;
  return (
    <section
      aria-label={t("under_way")}
      className="absolute top-full left-0 flex max-w-full items-center gap-2 text-accent text-xs leading-5"
    >
      <LoaderCircle aria-hidden className="size-3.5 shrink-0 animate-spin motion-reduce:animate-none" />
      <span className="truncate">
        {t("under_way")} · {words}
      </span>
    </section>
  );
}

/** Where the work stands: what its job says, else what the meeting does. */
function useWork() {
  const { meeting } = useDesk();
  const { data: job } = useQuery({
    ...activeJobsQuery,
    select: (jobs) => jobs.find((one) => one.meeting_id === meeting.id),
  });
  const { stage, progress } = job ?? meeting;
  return { stage, progress, seconds: job?.eta_seconds ?? null };
}

function Failed() {
  const { t } = useTranslation(["common", "meeting"]);
  const { meeting, playFrom } = useDesk();
  const retry = useRetry();
  return (
    <section role="alert" className="mb-6 rounded-lg bg-bad-soft px-4 py-3">
      <Reason error={meeting.error ?? t("failed")} hint={meeting.hint} cancelled={meeting.cancelled} />
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
