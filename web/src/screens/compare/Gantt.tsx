import { useTranslation } from "react-i18next";
import { AsTable } from "../../components/Chart";
import { Section } from "../../components/Section";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { today } from "../project/due";
import { Axis, Legend, Track } from "./GanttTrack";
import { type Bar, barsOf, type Scale, scaleOf } from "./gantt";
import { MatterButton } from "./MatterButton";
import type { Item } from "./queries";

/** Commitments as bars in time. `asOf` is the day that is told of, marked where today is far away. */
export function Gantt({ items, asOf }: { items: readonly Item[]; asOf: string }) {
  const { t } = useTranslation("compare");
  const bars = barsOf(items);
  if (bars.length === 0) return null;
  const scale = scaleOf(bars, today(), asOf);
  return (
    <div id="gantt" className="mt-10 scroll-mt-16">
      <Section title={t("gantt")} lead={t("gantt_lead")}>
        <figure className="rounded-lg border border-line bg-raised px-4 py-3">
          <Legend mark={scale.mark} />
          <div className="sm:grid sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:gap-x-6">
            <div className="sm:col-start-2">
              <Axis scale={scale} />
            </div>
          </div>
          <ul>
            {bars.map((bar) => (
              <Line key={bar.item.id} bar={bar} scale={scale} />
            ))}
          </ul>
          <Alternative bars={bars} />
        </figure>
      </Section>
    </div>
  );
}

function Line({ bar, scale }: { bar: Bar; scale: Scale }) {
  const { t } = useTranslation("compare");
  return (
    <li className="border-line/60 border-t py-1.5 sm:grid sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:items-center sm:gap-x-6">
      <div className="min-w-0 text-sm">
        <bdi className="break-words font-medium">{bar.item.owner ?? t("nobody")}</bdi>
        <MatterButton item={bar.item} />
        <span className="sr-only">{useTold(bar)}</span>
      </div>
      <Track bar={bar} scale={scale} />
    </li>
  );
}

/** The days of a bar in words. */
function useTold({ promised, due, wasDue, done }: Bar): string {
  const { t } = useTranslation("compare");
  const on = (date: string) => ({ day: day(date, spoken()) });
  const told = [t("promised_on", on(promised)), ...wasDue.map((date) => t("was_due_on", on(date)))];
  told.push(due === null ? t("undated") : t("due_on", on(due)));
  if (done !== null) told.push(t("done_on", on(done)));
  return told.join(", ");
}

function Alternative({ bars }: { bars: readonly Bar[] }) {
  const { t } = useTranslation(["compare", "ledger"]);
  const said = (date: string | null) => (date === null ? "–" : day(date, spoken()));
  const columns = [
    t("compare:what"),
    t("compare:owner"),
    t("compare:legend_promised"),
    t("compare:legend_was_due"),
    t("compare:legend_due"),
    t("compare:legend_done"),
    t("compare:status"),
  ];
  const rows = bars.map(({ item, promised, wasDue, due, done }) => [
    item.text,
    item.owner ?? t("compare:nobody"),
    said(promised),
    wasDue.map(said).join(", ") || "–",
    said(due),
    said(done),
    t(`ledger:status_${item.status}`),
  ]);
  return <AsTable label={t("compare:gantt")} table={{ columns, rows }} />;
}
