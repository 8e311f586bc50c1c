import { Link } from "@tanstack/react-router";
import { Pause, Play, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/Button";
import { Coded } from "../components/Coded";
import { Confirm } from "../components/Confirm";
import { useFailureWords } from "../components/Failure";
import { ProgressBar } from "../components/ProgressBar";
import { lasting } from "../time";
import { bytes } from "./bytes";
import { secondsLeft } from "./pace";
import { useQueue } from "./Uploads";
import { FileChangedError, type Upload } from "./upload";
import { useNow } from "./useNow";

/** One upload: how far it is, and what can be done with it. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation("uploads");
  const { name, project, state, sent, size } = upload;
  return (
    <li className="py-3">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 break-words">
          <bdi className="font-medium">{name}</bdi> <bdi className="text-quiet text-sm">· {project}</bdi>
        </p>
        <Actions upload={upload} />
      </div>
      {state !== "done" && state !== "refused" && (
        <ProgressBar label={t("progress_of", { name })} share={size === 0 ? null : sent / size} />
      )}
      <Standing upload={upload} />
    </li>
  );
}

function Actions({ upload: { id, name, state, sent } }: { upload: Upload }) {
  const { t } = useTranslation(["uploads", "common"]);
  const queue = useQueue();
  const [isAsking, setIsAsking] = useState(false);
  const isPausable = state === "sending" || state === "waiting" || state === "interrupted";
  const isOver = state === "done" || state === "refused";
  return (
    <div className="flex shrink-0 items-center">
      {isPausable && (
        <IconButton label={t("pause", { name })} onClick={() => queue.pause(id)}>
          <Pause />
        </IconButton>
      )}
      {state === "paused" && (
        <IconButton label={t("resume", { name })} onClick={() => queue.resume(id)}>
          <Play />
        </IconButton>
      )}
      {state === "refused" && (
        <Button small onClick={() => queue.resume(id)}>
          {t("common:retry")}
        </Button>
      )}
      <IconButton
        label={t(isOver ? "remove" : "cancel", { name })}
        onClick={() => (isOver || sent === 0 ? queue.remove(id) : setIsAsking(true))}
      >
        <X />
      </IconButton>
      {isAsking && (
        <Confirm
          title={t("throw_away_upload")}
          action={t("throw_away")}
          onConfirm={() => queue.remove(id)}
          onClose={() => setIsAsking(false)}
        >
          <p>{t("throw_away_upload_hint")}</p>
        </Confirm>
      )}
    </div>
  );
}

function Standing({ upload }: { upload: Upload }) {
  const { t, i18n } = useTranslation(["uploads", "common"]);
  const shown = { sent: bytes(upload.sent, i18n.language), size: bytes(upload.size, i18n.language) };
  switch (upload.state) {
    case "waiting":
      return <Line>{t("waiting")}</Line>;
    case "paused":
      return <Line>{t("paused_at", shown)}</Line>;
    case "sending":
      return upload.sent === upload.size ? <Line>{t("checking")}</Line> : <Sending upload={upload} />;
    case "interrupted":
    case "refused":
      return <Trouble upload={upload} />;
    case "done":
      return <Done upload={upload} />;
  }
}

function Done({ upload: { size, meetings, duplicates } }: { upload: Upload }) {
  const { t, i18n } = useTranslation(["uploads", "common"]);
  const known = duplicates.length;
  const areAllKnown = known > 0 && known === meetings.length;
  const said = [t(areAllKnown ? "already_there" : "done"), bytes(size, i18n.language)];
  if (known > 0 && !areAllKnown) said.push(t("some_there", { count: known }));
  return (
    <Line>
      {said.join(" · ")}
      {meetings.map((meeting) => (
        <Link key={meeting} to="/meetings/$meeting" params={{ meeting }} className="ml-3 text-accent underline">
          {t("common:open_meeting")}
        </Link>
      ))}
    </Line>
  );
}

function Sending({ upload: { sent, size, pace } }: { upload: Upload }) {
  const { t, i18n } = useTranslation("uploads");
  const said = [t("sending", { sent: bytes(sent, i18n.language), size: bytes(size, i18n.language) })];
  const left = secondsLeft(size - sent, pace);
  if (pace !== null && pace.rate !== null) said.push(t("at_rate", { rate: bytes(pace.rate, i18n.language) }));
  if (left !== null) said.push(t("left", { time: lasting(left, i18n.language) }));
  return <Line>{said.join(" · ")}</Line>;
}

function Trouble({ upload: { id, error, retryAt } }: { upload: Upload }) {
  const { t, i18n } = useTranslation("uploads");
  const queue = useQueue();
  const now = useNow(retryAt !== null);
  const failure = useFailureWords(error);
  const { said, hint } =
    error instanceof FileChangedError ? { said: t("file_changed"), hint: t("file_changed_hint") } : failure;
  return (
    <div className="flex flex-wrap items-center gap-x-3 text-sm">
      <p className={`break-words ${retryAt === null ? "text-bad" : "text-warn"}`}>{said}</p>
      {retryAt === null ? (
        <p className="break-words text-quiet">
          <Coded>{hint}</Coded>
        </p>
      ) : (
        <>
          <p className="text-quiet tabular-nums">
            {t("again_in", { time: lasting(Math.ceil(Math.max(0, retryAt - now) / 1000), i18n.language) })}
          </p>
          <Button small kind="quiet" onClick={() => queue.resume(id)}>
            {t("again_now")}
          </Button>
        </>
      )}
    </div>
  );
}

function Line({ children }: { children: ReactNode }) {
  return <p className="mt-1 text-quiet text-sm tabular-nums">{children}</p>;
}
