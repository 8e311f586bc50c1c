import { FileText, Link2, SearchX } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { spoken } from "../../i18n";
import { AgainMenu } from "./AgainMenu";
import type { Answer } from "./attempt";
import { CopyButton } from "./CopyButton";
import { Coverage } from "./Coverage";
import { EvidenceRow } from "./EvidenceRow";
import { HowAnswered } from "./HowAnswered";
import { loadProse } from "./loadProse";
import { ClaimList, VerdictCounts } from "./Verdicts";
import { answerMarkdown, answerUrl } from "./written";

const Prose = lazy(loadProse);

/** A whole answer: its evidence, its text with marks, what checking found, and what can be done with it. */
export function FinishedAnswer({
  answer,
  project,
  busy,
  onAgain,
}: {
  answer: Answer;
  project: string | undefined;
  busy: boolean;
  onAgain: (tier?: string) => void;
}) {
  return (
    <div className="space-y-3">
      {answer.abstained && <Abstained />}
      <EvidenceRow citations={answer.citations} />
      <Suspense fallback={<p className="whitespace-pre-wrap break-words leading-7">{answer.answer}</p>}>
        <Prose text={answer.answer} citations={answer.citations} />
      </Suspense>
      <WeakClaims answer={answer} />
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-quiet text-sm empty:hidden">
        <VerdictCounts claims={answer.claims} />
        <Coverage answer={answer} />
      </p>
      <HowAnswered answer={answer} />
      <Actions answer={answer} project={project} busy={busy} onAgain={onAgain} />
    </div>
  );
}

function Abstained() {
  const { t } = useTranslation("ask");
  return (
    <p className="flex items-center gap-2 rounded-lg bg-warn-soft px-3 py-2 font-medium text-warn">
      <SearchX aria-hidden className="size-4.5 shrink-0" />
      {t("abstained")}
    </p>
  );
}

/** Statements that only partly stand are said so at once, not in the fold alone. */
function WeakClaims({ answer }: { answer: Answer }) {
  const { t } = useTranslation("ask");
  const weak = answer.claims.filter(({ verdict }) => verdict === "weak");
  if (weak.length === 0) return null;
  return (
    <section className="rounded-lg bg-warn-soft px-3 py-2 text-sm">
      <h3 className="mb-1 font-medium text-warn">{t("weak_claims")}</h3>
      <ClaimList claims={weak} citations={answer.citations} />
    </section>
  );
}

function Actions({ answer, project, busy, onAgain }: Parameters<typeof FinishedAnswer>[0]) {
  const { t } = useTranslation(["ask", "common"]);
  const written = () =>
    answerMarkdown(answer, location.origin, {
      language: spoken(),
      evidence: t("common:evidence"),
      unknown: t("common:unknown_speaker"),
    });
  return (
    <div className="-mx-2.5 flex flex-wrap items-center gap-1">
      <CopyButton label={t("copy_markdown")} icon={FileText} text={written} />
      <CopyButton label={t("copy_link")} icon={Link2} text={() => answerUrl(answer, location.origin)} />
      <AgainMenu project={project} disabled={busy} onAgain={onAgain} />
    </div>
  );
}
