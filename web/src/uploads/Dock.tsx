import { Link, useRouterState } from "@tanstack/react-router";
import { Mic, Upload as UploadIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { clock } from "../time";
import { elapsed } from "./recorder/recorder";
import { useRecorderState, useUploads } from "./Uploads";
import { isUnderWay } from "./upload";
import { useNow } from "./useNow";

/** What is being recorded and uploaded, in a corner of the screens that do not show it themselves. */
export function Dock() {
  const { t } = useTranslation("uploads");
  const isShown = useRouterState({ select: ({ location }) => location.pathname === "/meetings" });
  const recording = useRecorderState();
  const uploads = useUploads().filter(isUnderWay);
  const isRecording = "recording" in recording;
  const now = useNow(isRecording);
  if (isShown || (!isRecording && uploads.length === 0)) return null;
  return (
    <Link
      to="/meetings"
      className="fixed right-4 bottom-20 z-30 flex items-center gap-4 rounded-full border border-line bg-raised px-4 py-2 text-sm tabular-nums shadow-lg hover:bg-sunken [&_svg]:size-4"
    >
      {isRecording && (
        <span className="flex items-center gap-2 text-bad">
          <Mic aria-hidden />
          {t(recording.phase)} {clock(elapsed(recording, now))}
        </span>
      )}
      {uploads.length > 0 && (
        <span className="flex items-center gap-2">
          <UploadIcon aria-hidden />
          {t("under_way", { files: uploads.length, share: share(uploads) })}
        </span>
      )}
    </Link>
  );
}

function share(uploads: readonly { sent: number; size: number }[]): string {
  const sum = (of: (one: { sent: number; size: number }) => number) => uploads.reduce((all, one) => all + of(one), 0);
  return `${Math.floor(
    (100 * sum(({ sent }) => sent)) /
      Math.max(
        1,
        sum(({ size }) => size),
      ),
  )}%`;
}
