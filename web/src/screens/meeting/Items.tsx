import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { spoken } from "../../i18n";
import { clock, day } from "../../time";
import { readingsQuery } from "../jobs/queries";
import { Reason } from "../jobs/Reason";
import { AddItem } from "./AddItem";
import { useDesk } from "./desk";
import { type Item, itemsQuery } from "./queries";

/** What came of the meeting: each thing leads to the line where it was said. */
export function Items() {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  const items = useQuery(itemsQuery(meeting.project, meeting.id));
  if (items.isError) return <Failure error={items.error} retry={() => items.refetch()} />;
  if (items.data === undefined) return <Loading />;
  const kinds = Map.groupBy(items.data, ({ kind }) => kind);
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <AddOne />
        <ReadingState />
      </div>
      {kinds.size === 0 && <Empty title={t("no_items")} />}
      {[...kinds].map(([kind, found]) => (
        <Kind key={kind} kind={kind} items={found} />
      ))}
    </>
  );
}

function AddOne() {
  const { t } = useTranslation("meeting");
  const { lines } = useDesk();
  const [adding, setAdding] = useState(false);
  if (lines.length === 0) return null;
  return (
    <>
      <Button small onClick={() => setAdding(true)}>
        <Plus aria-hidden />
        {t("add_item")}
      </Button>
      {adding && <AddItem onClose={() => setAdding(false)} />}
    </>
  );
}

function ReadingState() {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  const { data: reading } = useQuery({
    ...readingsQuery(meeting.project),
    select: ({ readings }) => readings.find(({ id }) => id === meeting.id) ?? null,
  });
  useRefreshOnceRead(reading?.state === "reading");
  if (reading?.state === "reading")
    return (
      <p role="status" className="text-quiet text-sm">
        {t("being_read")}
      </p>
    );
  if (reading?.state !== "failed") return null;
  return (
    <div className="rounded-md bg-bad-soft px-3 py-2">
      <Reason error={reading.error} hint={reading.hint} />
    </div>
  );
}

function useRefreshOnceRead(reading: boolean) {
  const queries = useQueryClient();
  const was = useRef(reading);
  useEffect(() => {
    if (was.current && !reading) void queries.invalidateQueries({ queryKey: ["items"] });
    was.current = reading;
  }, [reading, queries]);
}

function Kind({ kind, items }: { kind: Item["kind"]; items: Item[] }) {
  const { t } = useTranslation("ledger");
  return (
    <section className="mb-5">
      <h2 className="mb-1 font-medium text-quiet text-sm">
        {t(`kind_${kind}`)} · {items.length}
      </h2>
      <ul className="space-y-1">
        {items.map((item) => (
          <li key={item.id}>
            <ItemLink item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ItemLink({ item }: { item: Item }) {
  const { t } = useTranslation("ledger");
  const { meeting, goToLine } = useDesk();
  const here = item.history.findLast((step) => step.meeting_id === meeting.id) ?? item;
  const evidence = here.evidence.find((one) => one.meeting_id === meeting.id);
  const line = evidence?.utterances[0];
  return (
    <button
      type="button"
      disabled={line === undefined}
      onClick={() => line !== undefined && goToLine(line)}
      className="block w-full rounded-md px-2 py-1.5 text-left hover:bg-sunken"
    >
      {item.name !== null && here.value !== null && (
        <bdi className="block break-words font-medium text-sm">
          {item.name}: {here.value} {item.unit}
        </bdi>
      )}
      <span dir="auto" className="block break-words text-sm">
        {here.text}
      </span>
      <span className="flex flex-wrap gap-x-2 text-quiet text-xs">
        {evidence && evidence.start !== null && <span className="tabular-nums">{clock(evidence.start)}</span>}
        {here.owner && <bdi className="min-w-0 break-words">{here.owner}</bdi>}
        {here.due && <time dateTime={here.due}>{day(here.due, spoken())}</time>}
        <span>{t(`status_${item.status}`)}</span>
      </span>
    </button>
  );
}
