import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/queries";
import { monthName } from "../../time";
import type { Job } from "../jobs/queries";
import { DeleteMeeting } from "./DeleteMeeting";
import { MeetingRow } from "./MeetingRow";
import type { Row } from "./months";

const ROW_PX = 74;

/** The meetings under their months. Only the lines near the window are there, however many meetings there are. */
export function MeetingList({ rows, jobs }: { rows: readonly Row[]; jobs: ReadonlyMap<string, Job> }) {
  const list = useRef<HTMLOListElement>(null);
  const [toDelete, setToDelete] = useState<Meeting | null>(null);
  const top = useTop(list);
  const lines = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (at) => keyOf(rows[at]) ?? at,
  });
  return (
    <>
      <ol ref={list} className="relative" style={{ height: lines.getTotalSize() }}>
        {lines.getVirtualItems().map(({ index, key, start }) => (
          <li
            key={key}
            ref={lines.measureElement}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={rows.length}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - top}px)` }}
          >
            <Line row={rows[index]} jobs={jobs} onDelete={setToDelete} />
          </li>
        ))}
      </ol>
      {toDelete !== null && <DeleteMeeting meeting={toDelete} onClose={() => setToDelete(null)} />}
    </>
  );
}

function Line({
  row,
  jobs,
  onDelete,
}: {
  row: Row | undefined;
  jobs: ReadonlyMap<string, Job>;
  onDelete: (meeting: Meeting) => void;
}) {
  if (row === undefined) return null;
  if ("meeting" in row) return <MeetingRow meeting={row.meeting} job={jobs.get(row.meeting.id)} onDelete={onDelete} />;
  return <Month month={row.month} count={row.count} />;
}

function Month({ month, count }: { month: string; count: number | null }) {
  const { i18n } = useTranslation();
  return (
    <h2 className="flex items-baseline gap-2 border-line border-b pt-6 pb-2 font-semibold">
      {monthName(month, i18n.language)} <span className="font-normal text-quiet text-sm tabular-nums">{count}</span>
    </h2>
  );
}

const keyOf = (row: Row | undefined) => row && ("meeting" in row ? row.meeting.id : row.month);

/** Where an element begins on the page, for what stands above it comes and goes. */
function useTop(element: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (element.current !== null) setTop(Math.round(element.current.getBoundingClientRect().top + window.scrollY));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [element]);
  return top;
}
