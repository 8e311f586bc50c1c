import { LoaderCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ProblemError, UnreachableError } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import type { Attempt } from "./attempt";
import { EvidenceRow } from "./EvidenceRow";
import { StreamedText } from "./StreamedText";
import { Thoughts } from "./Thoughts";

/** An answer on its way, or as far as it came: what is being done, the evidence, thoughts and words as they are written. */
export function ComingAnswer({ attempt, onAgain }: { attempt: Attempt; onAgain: () => void }) {
  const { t } = useTranslation("ask");
  const running = attempt.state === "running";
  return (
    <div className="space-y-3" aria-busy={running}>
      {running && <Doing status={attempt.status || t("starting")} />}
      <EvidenceRow citations={attempt.evidence} />
      {attempt.thoughts && <Thoughts text={attempt.thoughts} going={running && attempt.text === ""} />}
      {attempt.text && (
        <div>
          <p className="mb-1 text-quiet text-sm">{t(running ? "unchecked" : "not_checked")}</p>
          <StreamedText text={attempt.text} citations={attempt.evidence} />
        </div>
      )}
      <Ending attempt={attempt} onAgain={onAgain} />
    </div>
  );
}

function Doing({ status }: { status: string }) {
  return (
    <p className="flex items-center gap-2 text-quiet">
      <LoaderCircle aria-hidden className="size-4 animate-spin text-accent" />
      {status}
    </p>
  );
}

function Ending({ attempt, onAgain }: { attempt: Attempt; onAgain: () => void }) {
  const { t } = useTranslation("ask");
  const { state, error } = attempt;
  if (state === "stopped") {
    return (
      <p className="flex flex-wrap items-center gap-3 text-quiet">
        {t("stopped")}
        <Button small onClick={onAgain}>
          {t("again")}
        </Button>
      </p>
    );
  }
  if (state !== "failed") return null;
  const came = attempt.text !== "" || attempt.evidence.length > 0;
  const words = isGone(error) ? t("gone") : error instanceof UnreachableError && came ? t("broke_off") : null;
  if (words === null) return <Failure error={error} retry={onAgain} />;
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-lg bg-bad-soft px-4 py-3 text-bad">
      {words}
      {!isGone(error) && (
        <Button small onClick={onAgain}>
          {t("again")}
        </Button>
      )}
    </div>
  );
}

/** Whether what was asked about is no longer there. */
export function isGone(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 404;
}
