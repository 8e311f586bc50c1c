import { useTranslation } from "react-i18next";
import { Quotes } from "../../components/Quote";
import { Section } from "../../components/Section";
import { WideTable } from "../../components/WideTable";
import { spoken } from "../../i18n";
import { type Change, changeOf, valued } from "./metrics";
import type { Comparison } from "./queries";

type Metric = Comparison["metrics"][number];

/** The measures: what was said before, what is said now, and by how much they differ. `since` begins the later period. */
export function Metrics({ metrics, since }: { metrics: readonly Metric[]; since: string }) {
  const { t } = useTranslation("compare");
  if (metrics.length === 0) return null;
  const columns = [t("before"), t("after"), t("change")];
  return (
    <div id="metrics" className="mt-10 scroll-mt-16">
      <Section title={`${t("metrics")} · ${metrics.length}`} lead={t("metrics_lead")}>
        <div className="rounded-lg border border-line bg-raised">
          <WideTable label={t("metrics")}>
            <caption className="sr-only">{t("metrics")}</caption>
            <thead>
              <tr className="text-quiet text-sm">
                <th scope="col" className="px-2 sm:px-4 py-2 text-left font-medium">
                  {t("measure")}
                </th>
                {columns.map((column) => (
                  <th key={column} scope="col" className="px-2 sm:px-4 py-2 text-right font-medium">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            {metrics.map((metric, at) => (
              <Measured key={at} metric={metric} since={since} />
            ))}
          </WideTable>
        </div>
      </Section>
    </div>
  );
}

function Measured({ metric, since }: { metric: Metric; since: string }) {
  const { t } = useTranslation("compare");
  const value = (said: string | null) => (said === null ? t("not_said") : valued(said, metric.unit));
  const before = metric.evidence.filter(({ date }) => date < since);
  const after = metric.evidence.filter(({ date }) => date >= since);
  return (
    <tbody className="border-line border-t">
      <tr className="align-baseline tabular-nums">
        <th scope="row" className="min-w-24 break-words px-2 sm:px-4 pt-2 text-left font-medium">
          <bdi>{metric.name}</bdi>
        </th>
        <td className="px-2 sm:px-4 whitespace-nowrap pt-2 text-right">
          <bdi>{value(metric.before)}</bdi>
        </td>
        <td className="px-2 sm:px-4 whitespace-nowrap pt-2 text-right">
          <bdi>{value(metric.after)}</bdi>
        </td>
        <td className="px-2 sm:px-4 pt-2 text-right">
          <Difference change={changeOf(metric, spoken())} unit={metric.unit} />
        </td>
      </tr>
      <tr>
        <td colSpan={4} className="px-2 sm:px-4 pt-1 pb-3">
          <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
            <Quotes evidence={before} />
            <Quotes evidence={after} />
          </div>
        </td>
      </tr>
    </tbody>
  );
}

function Difference({ change, unit }: { change: Change | null; unit: string }) {
  const { t } = useTranslation("compare");
  if (change === null) return <span className="text-quiet">–</span>;
  return (
    <>
      <bdi>{unit === "%" ? t("points", { by: change.by }) : valued(change.by, unit)}</bdi>
      {change.percent !== null && <span className="block text-quiet text-sm">{change.percent}</span>}
    </>
  );
}
