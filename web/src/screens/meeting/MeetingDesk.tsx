import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/queries";
import { isSaid, type Utterance } from "../../api/transcript";
import { Empty } from "../../components/Empty";
import { usePlayer } from "../../player/Player";
import { type SpeakerColours, speakerColours } from "../../speakerColours";
import { Dialogs } from "./Dialogs";
import { DoneNotice } from "./DoneNotice";
import { type Desk, DeskContext, type Done, type Editing, type OpenDialog, type Target } from "./desk";
import { Heading } from "./Heading";
import { rowAt, startsOf } from "./place";
import { isUnderWay } from "./queries";
import { Reading } from "./Reading";
import { Standing } from "./Standing";
import { Timeline } from "./Timeline";

/** The moment that an address leads to. */
export interface Moment {
  line: number | undefined;
  t: number | undefined;
}

/** The whole of a meeting's screen, around what its parts share. */
export function MeetingDesk({ meeting, said, moment }: { meeting: Meeting; said: Utterance[]; moment: Moment }) {
  const { t } = useTranslation(["meeting", "common"]);
  const above = useRef<HTMLDivElement>(null);
  const [done, tell] = useState<Done | null>(null);
  const [following, follow] = useState(true);
  const desk = useDeskOf(meeting, said, done, tell, follow);
  const cue = useMoment(desk, moment);
  const { lines } = desk;
  return (
    <DeskContext.Provider value={desk}>
      <div className="mx-auto max-w-6xl px-4 py-6 sm:px-8">
        <div ref={above}>
          <Heading />
          <Standing />
          {!meeting.has_media && lines.length > 0 && (
            <p className="mb-4 text-quiet text-sm">{t("common:no_recording")}</p>
          )}
          <Timeline cue={cue} />
        </div>
        {lines.length > 0 ? (
          <Reading above={above} cue={cue} following={following} follow={follow} />
        ) : (
          !isUnderWay(meeting) && meeting.stage === "ready" && <Empty title={t("nothing_said")} />
        )}
      </div>
      <Dialogs />
      <DoneNotice done={done} onClose={() => tell(null)} />
    </DeskContext.Provider>
  );
}

function useDeskOf(
  meeting: Meeting,
  said: Utterance[],
  done: Done | null,
  tell: (done: Done | null) => void,
  follow: (following: boolean) => void,
): Desk {
  const { play } = usePlayer();
  const [target, setTarget] = useState<Target | null>(null);
  const [editing, edit] = useState<Editing | null>(null);
  const [dialog, open] = useState<OpenDialog | null>(null);
  const lines = useMemo(() => said.filter(isSaid), [said]);
  const starts = useMemo(() => startsOf(lines), [lines]);
  const colours = useColours(lines);
  const { id, title, has_media: recorded } = meeting;
  const goTo = useCallback((row: number, focus = false) => setTarget({ row, focus }), []);
  const goToLine = useCallback(
    (line: number) => {
      const row = lines.findIndex(({ i }) => i >= line);
      if (row >= 0) goTo(row);
    },
    [lines, goTo],
  );
  const playFrom = useCallback(
    (seconds: number) => {
      if (!recorded) return goTo(Math.max(0, rowAt(starts, seconds)));
      follow(true);
      play({ meeting: id, title }, seconds);
    },
    [recorded, id, title, starts, goTo, play, follow],
  );
  return useMemo(
    () => ({ meeting, lines, colours, target, goTo, goToLine, playFrom, editing, edit, dialog, open, done, tell }),
    [meeting, lines, colours, target, goTo, goToLine, playFrom, editing, dialog, done, tell],
  );
}

/** Everybody's colour. It stays theirs while others are renamed. */
function useColours(lines: Utterance[]): SpeakerColours {
  const speakers = lines.map(({ speaker }) => speaker);
  const [seen, setSeen] = useState(() => ({ lines, colours: speakerColours(speakers) }));
  if (seen.lines === lines) return seen.colours;
  const colours = speakerColours(speakers, seen.colours);
  setSeen({ lines, colours });
  return colours;
}

/** Goes to the moment of the address; returns the second from which it is to be played. */
function useMoment({ goTo, goToLine, lines }: Desk, { line, t }: Moment): number {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is followed once, not whenever a line changes
  useEffect(() => {
    if (line !== undefined) goToLine(line);
    else if (t !== undefined) goTo(Math.max(0, rowAt(startsOf(lines), t)));
  }, [line, t]);
  return t ?? lines.find(({ i }) => i === line)?.start ?? 0;
}
