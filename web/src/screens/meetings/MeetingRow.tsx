import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/queries";
import { Button, IconButton } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { day, lasting } from "../../time";
import { type Job, useRetry } from "../jobs/queries";
import { Reason } from "../jobs/Reason";
import { StageProgress } from "../jobs/StageProgress";
import { isEnd } from "../jobs/stages";

/** One meeting of the list; `job` is its work where that is under way. It is drawn anew only when these change. */
export const MeetingRow = memo(function MeetingRow({
  meeting,
  job,
  onDelete,
}: {
  meeting: Meeting;
  job: Job | undefined;
  onDelete: (meeting: Meeting) => void;
}) {
  const { t, i18n } = useTranslation("meetings");
  const { id, title, date } = meeting;
  const { stage, progress } = job ?? meeting;
  return (
    <div className="group flex items-start gap-2 border-line border-b py-3">
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <Link to="/meetings/$meeting" params={{ meeting: id }} className="font-medium hover:underline">
            <bdi>{title}</bdi>
          </Link>
        </p>
        <About meeting={meeting} />
        {stage === "failed" && <Failed meeting={meeting} />}
        {!isEnd(stage) && (
          <StageProgress title={title} stage={stage} progress={progress} seconds={job?.eta_seconds ?? null} />
        )}
      </div>
      <IconButton label={t("delete_of", { title, day: day(date, i18n.language) })} onClick={() => onDelete(meeting)}>
        <Trash2 />
      </IconButton>
    </div>
  );
});

function About({ meeting: { date, project, duration, has_media } }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation("meetings");
  return (
    <p className="break-words text-quiet text-sm">
      {day(date, i18n.language)} · <bdi>{project}</bdi>
      {duration !== null && ` · ${lasting(duration, i18n.language)}`}
      {!has_media && ` · ${t("text_only")}`}
    </p>
  );
}

function Failed({ meeting: { id, title, date, error, hint, cancelled } }: { meeting: Meeting }) {
  const { t, i18n } = useTranslation(["meetings", "common"]);
  const retry = useRetry();
  return (
    <div className="mt-1">
      <Reason error={error} hint={hint} cancelled={cancelled} />
      <Button
        small
        className="mt-2"
        disabled={retry.isPending}
        aria-label={t("retry_of", { title, day: day(date, i18n.language) })}
        onClick={() => retry.mutate(id)}
      >
        {t("common:retry")}
      </Button>
      {retry.error !== null && <Failure error={retry.error} />}
    </div>
  );
}
