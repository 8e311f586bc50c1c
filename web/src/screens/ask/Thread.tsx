import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { isGone } from "./ComingAnswer";
import { Turn } from "./Turn";
import type { Shown } from "./useConversation";

/** The questions and answers of a conversation, oldest first. */
export function Thread({
  shown,
  project,
  asked,
  onAsk,
  onRetry,
}: {
  shown: Shown;
  project: string | undefined;
  /** Whether a question has been asked here since the screen was opened. */
  asked: boolean;
  onAsk: (question: string, tier?: string) => void;
  onRetry: () => void;
}) {
  const { messages, attempt } = shown;
  const list = useStart(messages.length, attempt?.body);
  const last = attempt ? messages.length : messages.length - 1;
  const busy = attempt?.state === "running";
  return (
    // what gets the focus comes out from below the composer
    <div className="flex-1 space-y-12 py-6 [&_:is(a,button,summary)]:scroll-mt-16 [&_:is(a,button,summary)]:scroll-mb-52">
      <Reading shown={shown} onAsk={onAsk} />
      <div ref={list} className="space-y-12">
        {[...messages, ...(attempt ? [attempt] : [])].map((one, at) => {
          const pending = "body" in one ? one : undefined;
          const answer = "body" in one ? one.answer : one;
          const question = "body" in one ? one.body.question : one.question;
          return (
            // a question keeps its place, and what is unfolded in it, when its answer is done
            <div key={at} className={asked && at === last && at > 0 ? "min-h-[calc(100dvh-14rem)]" : ""}>
              <Turn
                question={question}
                answer={answer}
                attempt={pending}
                project={project}
                last={at === last}
                busy={busy}
                onAsk={onAsk}
                onAgain={(tier) => (answer ? onAsk(question, tier) : onRetry())}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What is to be said while a conversation is read, cannot be read, or holds nothing. */
function Reading({ shown, onAsk }: { shown: Shown; onAsk: (question: string) => void }) {
  const { t } = useTranslation("ask");
  const { messages, attempt, kept, error, isPending, refetch } = shown;
  if (isPending && !attempt) return <Loading />;
  if (isGone(error)) return <p className="rounded-lg bg-sunken px-4 py-3 text-quiet">{t("gone")}</p>;
  if (error) return <Failure error={error} retry={refetch} />;
  if (!kept || attempt || messages.length > 0) return null;
  return (
    <div className="space-y-3">
      <h2 dir="auto" className="break-words font-semibold text-lg">
        {kept.title}
      </h2>
      <p className="text-quiet">{t("no_answer_kept")}</p>
      <Button small onClick={() => onAsk(kept.title)}>
        {t("again")}
      </Button>
    </div>
  );
}

/** Where reading starts: at the answer that the address names, else at the latest; at a new question once asked. */
function useStart(messages: number, asking: object | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const loaded = messages > 0;
  const following = messages > 0 && asking !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: later answers come where the reader is
  useEffect(() => {
    const linked = document.getElementById(location.hash.slice(1));
    if (loaded) (linked ?? (messages > 1 ? list.current?.lastElementChild : null))?.scrollIntoView();
  }, [loaded]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each question is gone to once
  useEffect(() => {
    if (following) list.current?.lastElementChild?.scrollIntoView({ block: "start" });
  }, [asking]);
  return list;
}
