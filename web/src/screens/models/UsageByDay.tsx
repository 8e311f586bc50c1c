import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Chart, type ChartOption } from "../../components/Chart";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { count } from "./figures";
import { type UsageRow, usageQuery } from "./queries";

/** The tokens of each day of a month, read and written, one above the other; nothing where there were none. */
export function UsageByDay({ month }: { month: string }) {
  const { t } = useTranslation("models");
  const language = spoken();
  const { data } = useQuery(usageQuery(month, "day"));
  const rows = data?.rows;
  const [read, written] = [t("read"), t("written")];
  const option = useMemo(
    (): ChartOption => ({
      grid: { left: 8, right: 8, top: 32, bottom: 8, containLabel: true },
      legend: { top: 0, right: 0 },
      tooltip: { trigger: "axis" },
      xAxis: { type: "category", data: (rows ?? []).map(({ key }) => day(key ?? "", language)) },
      yAxis: { type: "value" },
      series: [
        bars(read, rows ?? [], (row) => row.prompt_tokens),
        bars(written, rows ?? [], (row) => row.completion_tokens),
      ],
    }),
    [rows, language, read, written],
  );
  if (!rows?.some((row) => row.prompt_tokens + row.completion_tokens > 0)) return null;
  return (
    <div className="mt-6">
      <h3 className="font-medium">{t("by_day")}</h3>
      <Chart
        label={t("by_day")}
        option={option}
        height={200}
        table={{
          columns: [t("day"), t("calls"), read, written],
          rows: rows.map((row) => [
            day(row.key ?? "", language),
            count(row.calls, language),
            count(row.prompt_tokens, language),
            count(row.completion_tokens, language),
          ]),
        }}
      />
    </div>
  );
}

function bars(name: string, rows: readonly UsageRow[], of: (row: UsageRow) => number) {
  return { type: "bar" as const, stack: "tokens", name, barMaxWidth: 28, data: rows.map(of) };
}
