import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Play, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { meetingQuery } from "../api/queries";
import { isSaid, transcriptQuery, type Utterance } from "../api/transcript";
import { Button, IconButton } from "../components/Button";
import { Failure } from "../components/Failure";
import { Loading } from "../components/Loading";
import { spoken } from "../i18n";
import { usePlayer } from "../player/Player";
import { clock, day } from "../time";
import { whoSpeaks } from "./whoSpeaks";

/** What a claim stands on: a moment of a meeting, and the words. */
export type Evidence = Omit<Schemas["EvidenceDocument"], "score">;

const TURNS_AROUND = 2;
const Context = createContext<((evidence: Evidence) => void) | null>(null);

/** Opens the panel that shows a piece of evidence in its place, and plays it. */
export function useEvidence(): (evidence: Evidence) => void {
  const open = useContext(Context);
  if (open === null) throw new Error("there is no panel of evidence around this");
  return open;
}

export function EvidenceProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Evidence | null>(null);
  const opener = useRef<Element | null>(null);
  const open = useCallback((evidence: Evidence) => {
    opener.current = document.activeElement;
    setShown(evidence);
  }, []);
  return (
    <Context.Provider value={open}>
      <div className={shown === null ? "" : "xl:pr-112"}>{children}</div>
      <Dialog.Root modal={false} open={shown !== null} onOpenChange={(open) => !open && setShown(null)}>
        <Dialog.Portal>
          <Dialog.Content
            aria-describedby={undefined}
            onInteractOutside={(event) => event.preventDefault()}
            onCloseAutoFocus={() => opener.current instanceof HTMLElement && opener.current.focus()}
            className="fixed top-0 right-0 bottom-0 z-30 flex w-full max-w-md flex-col border-line border-l bg-raised shadow-xl"
          >
            {shown && <Panel key={`${shown.meeting_id} ${shown.utterances}`} evidence={shown} />}
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </Context.Provider>
  );
}

function Panel({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation();
  const { meeting_id: id, meeting_title: title, start, utterances } = evidence;
  const meeting = useQuery(meetingQuery(id));
  const transcript = useQuery(transcriptQuery(id));
  const { play } = usePlayer();
  const recorded = meeting.data?.has_media === true;
  const close = useRef<HTMLButtonElement>(null);
  // one piece of evidence may be opened after the other
  useEffect(() => close.current?.focus(), []);
  const from = start ?? 0;
  const who = whoSpeaks(evidence);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening it asks once, and the player changes while it plays
  useEffect(() => {
    if (recorded) play({ meeting: id, title }, from);
  }, [recorded, id, from]);
  return (
    <>
      <header className="flex items-start gap-2 border-line border-b px-4 py-3">
        <div className="min-w-0 flex-1">
          <Dialog.Title className="break-words font-semibold">
            <bdi>{title}</bdi>
          </Dialog.Title>
          <p className="break-words text-quiet text-sm">
            {day(evidence.date, spoken())} · <bdi>{evidence.project}</bdi>
            {who !== null && (
              <>
                {" · "}
                <bdi>{who}</bdi>
              </>
            )}
          </p>
        </div>
        <Dialog.Close asChild>
          <IconButton ref={close} label={t("close")}>
            <X />
          </IconButton>
        </Dialog.Close>
      </header>
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2">
        {recorded && start !== null ? (
          <Button small onClick={() => play({ meeting: id, title }, start)}>
            <Play aria-hidden />
            {clock(start)}
          </Button>
        ) : (
          meeting.data && <span className="text-quiet text-sm">{t("no_recording")}</span>
        )}
        <Dialog.Close asChild>
          <Link
            to="/meetings/$meeting"
            params={{ meeting: id }}
            search={{ line: utterances[0], t: start ?? undefined }}
            className="ml-auto text-accent text-sm underline"
          >
            {t("open_meeting")}
          </Link>
        </Dialog.Close>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse */}
      <section aria-label={t("said_around")} tabIndex={0} className="flex-1 overflow-y-auto px-4 py-3 pb-24">
        {transcript.isPending && <Loading />}
        {transcript.isError && <Failure error={transcript.error} retry={() => transcript.refetch()} />}
        {transcript.data && (
          <ol className="space-y-3">
            {around(transcript.data.utterances, utterances).map((line) => (
              <Line
                key={line.i}
                line={line}
                chosen={line.i >= (utterances[0] ?? 0) && line.i <= (utterances[1] ?? 0)}
              />
            ))}
          </ol>
        )}
      </section>
    </>
  );
}

function Line({ line, chosen }: { line: Utterance; chosen: boolean }) {
  const { t } = useTranslation();
  return (
    <li className={chosen ? "rounded-md border-accent border-l-3 bg-accent-soft px-3 py-2" : "px-3 text-quiet"}>
      <p className="flex gap-2 text-sm">
        <bdi className="font-medium">{line.speaker ?? t("unknown_speaker")}</bdi>
        {line.start !== null && <span className="text-quiet tabular-nums">{clock(line.start)}</span>}
      </p>
      <p className="whitespace-pre-wrap break-words" dir="auto">
        {line.text}
      </p>
    </li>
  );
}

/** The lines of the evidence, and two turns before and after it. */
export function around(lines: Utterance[], utterances: number[]): Utterance[] {
  const said = lines.filter(isSaid);
  const [first = 0, last = first] = utterances;
  const before = said.filter((line) => line.i < first);
  const after = said.filter((line) => line.i > last);
  const within = said.filter((line) => line.i >= first && line.i <= last);
  return [...turns(before.reverse(), TURNS_AROUND).reverse(), ...within, ...turns(after, TURNS_AROUND)];
}

/** The lines of so many turns; a turn ends where somebody else speaks. */
function turns(lines: Utterance[], most: number): Utterance[] {
  const found: Utterance[] = [];
  let count = 0;
  for (const line of lines) {
    if (found.length === 0 || found[found.length - 1]?.speaker !== line.speaker) count += 1;
    if (count > most) break;
    found.push(line);
  }
  return found;
}
