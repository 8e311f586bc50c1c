import { useDeferredValue, useMemo, useState } from "react";
import type { Utterance } from "../../api/transcript";
import { byRow, findAll, firstFrom, type Match } from "./find";

/** A search inside the transcript, and how to go through what it finds. */
export interface Find {
  wanted: string;
  search: (wanted: string) => void;
  count: number;
  /** The match that is shown, counted from 0. */
  at: number;
  match: Match | undefined;
  rows: Map<number, Match[]>;
  /** Go so many matches on, around the end. */
  step: (by: number) => void;
}

/** A search inside the transcript; it begins at a row, and `goTo` shows the row of each match that is gone to. */
export function useFind(lines: Utterance[], goTo: (row: number) => void): Find {
  const [wanted, setWanted] = useState("");
  const [gone, setGone] = useState<{ wanted: string; at: number } | null>(null);
  const deferred = useDeferredValue(wanted);
  const matches = useMemo(() => findAll(lines, deferred), [lines, deferred]);
  const rows = useMemo(() => byRow(matches), [matches]);
  const at = gone?.wanted === deferred ? Math.min(gone.at, matches.length - 1) : -1;
  return {
    wanted,
    search: setWanted,
    count: matches.length,
    at,
    match: matches[at],
    rows,
    step: (by) => {
      if (matches.length === 0) return;
      const next = at < 0 ? firstFrom(matches, 0) : (at + by + matches.length) % matches.length;
      setGone({ wanted: deferred, at: next });
      const row = matches[next]?.row;
      if (row !== undefined) goTo(row);
    },
  };
}
