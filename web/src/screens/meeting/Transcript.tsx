import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Utterance } from "../../api/transcript";
import { useDesk } from "./desk";
import type { Match } from "./find";
import { roughHeight } from "./heights";
import { Line } from "./Line";
import type { Place } from "./place";
import type { Flag } from "./queries";
import { Resting } from "./rest";
import type { Find } from "./useFind";
import { useFollowing, useOwnScrolling, usePageTop, useTarget, useWordClicks } from "./useScrolling";

const [ABOVE_PX, BELOW_PX] = [120, 140];
const NO_MATCHES: Match[] = [];
const NO_FLAGS: Flag[] = [];

interface TranscriptProps {
  /** What stands above the transcript on the page. */
  above: RefObject<HTMLElement | null>;
  place: Place;
  find: Find;
  /** What deserves a listen, by line. */
  flagged: Map<number, Flag[]>;
  following: boolean;
  follow: (following: boolean) => void;
}

/** What was said, line by line. Only the lines in view are on the page, and the one that somebody is at. */
export function Transcript({ above, place, find, flagged, following, follow }: TranscriptProps) {
  const { t } = useTranslation("meeting");
  const { lines, target, editing, playFrom } = useDesk();
  const list = useRef<HTMLOListElement>(null);
  const edited = editing?.row;
  const [focused, setFocused] = useState<number>();
  const rows = useVirtualizer(lines, usePageTop(list, above), edited ?? focused);
  useTarget(rows, target);
  useFollowing(rows, place.row, following);
  useOwnScrolling(following, follow);
  useWordClicks(list, playFrom);
  const take = (element: HTMLOListElement | null) => {
    list.current = element;
    rows.containerRef(element);
  };
  return (
    <Resting value={!rows.isScrolling}>
      <ol
        ref={take}
        aria-label={t("transcript")}
        onFocus={({ target }) => setFocused(rowOf(target))}
        onBlur={() => setFocused(undefined)}
        className="relative"
      >
        {rows.getVirtualItems().map(({ index, key }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
              aria-current={place.row === index || undefined}
              className="absolute top-0 left-0 w-full [contain:layout_style]"
            >
              <Line
                line={line}
                row={index}
                first={!sameTurn(lines[index - 1], line)}
                playing={place.row === index}
                word={place.row === index ? place.word : -1}
                chosen={target?.row === index}
                matches={find.rows.get(index) ?? NO_MATCHES}
                match={find.match?.row === index ? find.match : undefined}
                flags={flagged.get(line.i) ?? NO_FLAGS}
                editing={edited === index ? editing?.what : undefined}
              />
            </li>
          );
        })}
      </ol>
    </Resting>
  );
}

/** The rows in view, and the one that is being changed or has the focus wherever it is, so that nothing of it is lost. */
function useVirtualizer(lines: Utterance[], scrollMargin: number, kept: number | undefined) {
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      return kept === undefined || shown.includes(kept) ? shown : [...shown, kept].sort((one, other) => one - other);
    },
    [kept],
  );
  // asked for of every row after each that is measured, so the same ones are kept
  const heights = useMemo(
    () => lines.map((line, row) => roughHeight(line.text, !sameTurn(lines[row - 1], line))),
    [lines],
  );
  const estimateSize = useCallback((row: number) => heights[row] ?? 0, [heights]);
  return useWindowVirtualizer<HTMLLIElement>({
    count: lines.length,
    estimateSize,
    overscan: 8,
    scrollMargin,
    scrollPaddingStart: ABOVE_PX,
    scrollPaddingEnd: BELOW_PX,
    rangeExtractor,
    directDomUpdates: true,
  });
}

/** The row that an element is in; undefined for one that is in none. */
export function rowOf(element: Element | null): number | undefined {
  const index = element?.closest<HTMLElement>("[data-index]")?.dataset.index;
  return index === undefined ? undefined : Number(index);
}

function sameTurn(before: Utterance | undefined, line: Utterance): boolean {
  return before !== undefined && before.speaker === line.speaker && before.sure === line.sure;
}
