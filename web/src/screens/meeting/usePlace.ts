import { useEffect, useMemo, useState } from "react";
import type { Utterance } from "../../api/transcript";
import { usePlayer } from "../../player/Player";
import { NOWHERE, placeAt, startsOf } from "./place";

/** The row and the word of a meeting that play now. */
export function usePlace(meeting: string, lines: Utterance[]) {
  const { audio, now, playing } = usePlayer();
  const starts = useMemo(() => startsOf(lines), [lines]);
  const [place, setPlace] = useState(NOWHERE);
  const here = now?.meeting === meeting;
  useEffect(() => {
    if (!here) return setPlace(NOWHERE);
    let frame = 0;
    const look = () =>
      setPlace((old) => {
        const found = placeAt(lines, starts, audio.currentTime);
        return found.row === old.row && found.word === old.word ? old : found;
      });
    // a word is shorter than the time between two events of the element
    const keepLooking = () => {
      look();
      frame = requestAnimationFrame(keepLooking);
    };
    if (playing) keepLooking();
    else look();
    audio.addEventListener("seeking", look);
    return () => {
      cancelAnimationFrame(frame);
      audio.removeEventListener("seeking", look);
    };
  }, [here, playing, audio, lines, starts]);
  return place;
}
