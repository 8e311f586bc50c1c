import { useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePlayer } from "../../player/Player";
import { AskBar } from "./AskBar";
import { asking } from "./asking";
import { type AskBody, type Attempt, again } from "./attempt";
import { isGone } from "./ComingAnswer";
import { Composer, makeReady } from "./Composer";
import { History } from "./History";
import { loadProse } from "./loadProse";
import { ScopeChips } from "./ScopeChips";
import { askBody, askedScope, keptScope, type Scope } from "./scope";
import { Thread } from "./Thread";
import { type Shown, useConversation } from "./useConversation";
import { Examples, Welcome } from "./Welcome";

/** Questions and their answers: a new conversation, or one that is kept. It stays while the one becomes the other. */
export function AskScreen() {
  const { conversation } = useParams({ strict: false });
  const { t } = useTranslation("ask");
  const { now } = usePlayer();
  useEffect(() => {
    // what cannot be had now is asked for again when there is an answer to lay out
    loadProse().catch(() => undefined);
  }, []);
  const [text, setText] = useQuestion();
  const [asked, setAsked] = useState(false);
  const shown = useConversation(conversation);
  const [scope, setScope] = useScope(conversation, shown);
  const { attempt } = shown;
  const busy = attempt?.state === "running";
  const fresh = conversation === undefined && attempt === undefined;
  const area = useRef<HTMLTextAreaElement>(null);
  // the buttons that ask and stop make way for others, and would take the focus with them
  const begin = (body: AskBody) => {
    setAsked(true);
    makeReady(area.current);
    void asking.ask(body);
  };
  const ask = (question: string, tier?: string) => begin(askBody(question, scope, conversation, tier));
  const stop = (stopped: Attempt) => {
    makeReady(area.current);
    asking.stop(stopped);
  };
  const send = () => {
    ask(text);
    setText("");
  };
  return (
    <div className="-mb-24 flex">
      <div className="mx-auto flex min-h-[calc(100dvh-2.8rem)] min-w-0 max-w-3xl flex-1 flex-col px-4 sm:px-8 lg:min-h-dvh">
        <AskBar conversation={conversation} shown={shown} project={scope.project} />
        <p role="status" className="sr-only">
          {asked && !fresh && said(attempt, t("finished"))}
        </p>
        {fresh ? (
          <div className="flex flex-1 flex-col justify-end pb-7">
            <Welcome />
          </div>
        ) : (
          <Thread
            shown={shown}
            project={scope.project}
            asked={asked}
            onAsk={ask}
            onRetry={() => attempt && begin(again(attempt))}
          />
        )}
        <div
          hidden={isGone(shown.error)}
          className={fresh ? "" : `sticky z-10 bg-page pt-1 pb-4 ${now ? "bottom-13" : "bottom-0"}`}
        >
          <Composer
            area={area}
            text={text}
            following={!fresh}
            busy={busy}
            onText={setText}
            onSend={send}
            onStop={() => attempt && stop(attempt)}
          >
            <ScopeChips key={conversation} scope={scope} onChange={setScope} />
          </Composer>
        </div>
        {fresh && (
          <div className="flex-[1.4] pt-6 pb-24">
            <Examples project={scope.project} onAsk={ask} />
          </div>
        )}
      </div>
      <aside
        aria-label={t("history")}
        className="sticky top-0 hidden h-dvh w-64 shrink-0 overflow-y-auto border-line border-l px-2 py-6 xl:block"
      >
        <h2 className="px-3 pb-2 font-medium text-sm">{t("history")}</h2>
        <History shown={conversation} />
      </aside>
    </div>
  );
}

/** What is said aloud while a question is asked, and once it is answered. */
function said(attempt: Attempt | undefined, finished: string): string {
  if (attempt === undefined || attempt.state === "answered") return finished;
  return attempt.state === "running" ? attempt.status : "";
}

/** The question being written; one that the address brings is there to be sent. */
function useQuestion() {
  const { q } = useSearch({ strict: false });
  const [text, setText] = useState(q ?? "");
  useEffect(() => {
    if (q !== undefined) setText(q);
  }, [q]);
  return [text, setText] as const;
}

/** Where to look: as chosen here, else as the conversation was begun, else as the address says. */
function useScope(conversation: string | undefined, { kept, attempt }: Shown) {
  const { project } = useSearch({ strict: false });
  const place = conversation ?? `?${project ?? ""}`;
  const [chosen, setChosen] = useState<{ place: string; scope: Scope } | null>(null);
  const begun = kept ? keptScope(kept.scope) : attempt ? askedScope(attempt.body) : { project };
  const scope = chosen?.place === place ? chosen.scope : begun;
  return [scope, (next: Scope) => setChosen({ place, scope: next })] as const;
}
