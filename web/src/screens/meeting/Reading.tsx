import { useQuery } from "@tanstack/react-query";
import { type RefObject, useMemo } from "react";
import { usePlayer } from "../../player/Player";
import { useUndo } from "./changes";
import { useDesk } from "./desk";
import type { Action } from "./keys";
import { flagsQuery } from "./queries";
import { Side } from "./Side";
import { Toolbar } from "./Toolbar";
import { rowOf, Transcript } from "./Transcript";
import { useFind } from "./useFind";
import { useKeys } from "./useKeys";
import { usePlace } from "./usePlace";

const STEP_SECONDS = 5;

interface ReadingProps {
  /** What stands above the transcript on the page. */
  above: RefObject<HTMLElement | null>;
  /** The second from which it plays first. */
  cue: number;
  /** Whether the transcript goes along with what plays. */
  following: boolean;
  follow: (following: boolean) => void;
}

/** The transcript with what goes along with it: search, the keys, and what was found in it. */
export function Reading({ above, cue, following, follow }: ReadingProps) {
  const { meeting, lines, target, goTo, playFrom, edit, open, done } = useDesk();
  const { audio, now, playing, toggle, seek } = usePlayer();
  const place = usePlace(meeting.id, lines);
  const find = useFind(lines, goTo);
  const undo = useUndo();
  const flags = useQuery(flagsQuery(meeting.id));
  const flagged = useMemo(() => Map.groupBy(flags.data ?? [], ({ line }) => line), [flags.data]);
  const here = now?.meeting === meeting.id;
  const active = playing && following && place.row >= 0 ? place.row : (target?.row ?? Math.max(0, place.row));
  // who came to a row by the tab key is there, wherever they went before
  const at = () => (playing && following ? active : (rowOf(document.activeElement) ?? active));
  const playOn = () => (here ? toggle() : meeting.has_media && playFrom(cue));
  const move = (by: number) => {
    follow(false);
    goTo(Math.min(lines.length - 1, Math.max(0, at() + by)), true);
  };
  const act: Record<Action, () => void> = {
    toggle: playOn,
    back: () => here && seek(Math.max(0, audio.currentTime - STEP_SECONDS)),
    forward: () => here && seek(audio.currentTime + STEP_SECONDS),
    up: () => move(-1),
    down: () => move(1),
    play: () => playFrom(lines[at()]?.start ?? cue),
    edit: () => edit({ row: at(), what: "text" }),
    undo: () => done?.correction !== undefined && undo.mutate(done.correction),
    help: () => open("shortcuts"),
  };
  useKeys((action) => act[action]());
  return (
    <div className="gap-8 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem]">
      <section className="min-w-0">
        <Toolbar
          cue={cue}
          playOn={playOn}
          find={find}
          flagged={flagged}
          active={active}
          following={following}
          follow={follow}
        />
        <Transcript above={above} place={place} find={find} flagged={flagged} following={following} follow={follow} />
      </section>
      <Side />
    </div>
  );
}
