import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart, type ChartOption } from "../../components/Chart";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Section } from "../../components/Section";
import { useEvidence } from "../../evidence/EvidencePanel";
import { spoken } from "../../i18n";
import { day, shortDay } from "../../time";
import { Citations } from "./Citations";
import { mattersQuery } from "./queries";
import { type Series, seriesOf, withUnit } from "./series";

const DAY_MS = 86_400_000;

/** What was measured: a chart for each measure that has several values, and a list of the others. */
export function MetricsPart({ project }: { project: string }) {
  const { t } = useTranslation("project");
  const { data, error, isPending, refetch } = useQuery(mattersQuery(project, { kind: ["metric"] }));
  const series = useMemo(() => seriesOf(data ?? []), [data]);
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={() => refetch()} />;
  if (series.length === 0) return <Empty title={t("no_metrics")} />;
  const once = series.filter(({ values }) => values.length === 1);
  return (
    <>
      <div className="grid gap-8 sm:grid-cols-2">
        {series
          .filter(({ values }) => values.length > 1)
          .map((one) => (
            <MetricChart key={one.id} series={one} />
          ))}
      </div>
      {once.length > 0 && (
        <Section title={t("once")}>
          <ul className="divide-y divide-line/60">
            {once.map((one) => (
              <Once key={one.id} series={one} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function MetricChart({ series }: { series: Series }) {
  const { t } = useTranslation("project");
  const open = useEvidence();
  const language = spoken();
  const { name, unit, values } = series;
  const option = useMemo(() => lineOf(series, language), [series, language]);
  const last = values.at(-1);
  const rows = values.map(({ date, value, evidence }) => [
    day(date, language),
    withUnit(value, unit, language),
    <Citations key={date} evidence={evidence} />,
  ]);
  return (
    <section className="min-w-0">
      <h2 className="flex flex-wrap items-baseline justify-between gap-x-3">
        <bdi className="min-w-0 break-words font-semibold">{name}</bdi>
        {last && <span className="text-lg tabular-nums">{withUnit(last.value, unit, language)}</span>}
      </h2>
      <Chart
        label={t("metric_of", { name })}
        option={option}
        height={180}
        table={{ columns: [t("col_day"), t("col_value"), t("col_evidence")], rows }}
        onChoose={({ at }) => {
          const evidence = values[at]?.evidence[0];
          if (evidence) open(evidence);
        }}
      />
    </section>
  );
}

function lineOf({ values, unit }: Series, language: string): ChartOption {
  const shown = (value: unknown) => withUnit(Number(value), unit, language);
  return {
    useUTC: true,
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    xAxis: {
      type: "time",
      minInterval: DAY_MS,
      axisPointer: { label: { formatter: ({ value }) => shortDay(Number(value), language) } },
      axisLabel: { hideOverlap: true, formatter: (at: number) => shortDay(at, language) },
    },
    yAxis: {
      type: "value",
      scale: true,
      splitNumber: 3,
      axisLabel: { formatter: (value: number) => withUnit(value, "", language) },
    },
    tooltip: { trigger: "axis", valueFormatter: shown },
    series: [
      {
        type: "line",
        symbol: "circle",
        symbolSize: 8,
        data: values.map(({ date, value }) => [`${date}T00:00Z`, value]),
      },
    ],
  };
}

function Once({ series: { name, unit, values } }: { series: Series }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <bdi className="min-w-0 flex-1 break-words">{name}</bdi>
      {values.map(({ date, value, evidence }) => (
        <span key={date} className="flex flex-wrap items-center gap-3">
          <span className="font-medium tabular-nums">{withUnit(value, unit, spoken())}</span>
          <Citations evidence={evidence} />
        </span>
      ))}
    </li>
  );
}
