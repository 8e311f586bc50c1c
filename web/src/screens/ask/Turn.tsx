import { useTranslation } from "react-i18next";
import type { Answer, Attempt } from "./attempt";
import { ComingAnswer } from "./ComingAnswer";
import { FinishedAnswer } from "./FinishedAnswer";
import { followUps } from "./nextQuestions";
import { Suggestions } from "./Suggestions";

/** One question with its answer, or with what has come of it so far. */
export function Turn({
  question,
  answer,
  attempt,
  project,
  last,
  busy,
  onAsk,
  onAgain,
}: {
  question: string;
  answer: Answer | null;
  attempt?: Attempt;
  project: string | undefined;
  last: boolean;
  busy: boolean;
  onAsk: (question: string) => void;
  onAgain: (tier?: string) => void;
}) {
  const { t } = useTranslation("ask");
  return (
    <article id={answer?.message_id} className="scroll-mt-16 space-y-4 lg:scroll-mt-6">
      <h2 dir="auto" className="whitespace-pre-wrap break-words font-semibold text-lg leading-snug">
        {question}
      </h2>
      {answer && <FinishedAnswer answer={answer} project={project} busy={busy} onAgain={onAgain} />}
      {!answer && attempt && <ComingAnswer attempt={attempt} onAgain={() => onAgain(attempt.body.tier ?? undefined)} />}
      {answer && last && !busy && (
        <Suggestions title={t("suggestions")} heading="h3" all={followUps(answer)} onAsk={onAsk} />
      )}
    </article>
  );
}
