import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { WideTable } from "./WideTable";

/** What can be drawn: lines and bars on axes, with a legend and tooltips. */
export type ChartOption = ComposeOption<
  LineSeriesOption | BarSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

/** The same as the picture, in rows: the first cell of each names it. */
export interface ChartTable {
  columns: readonly string[];
  rows: readonly (readonly ReactNode[])[];
}

/** A point that was clicked, by the number of its series and its own number in it. */
export interface ChartPoint {
  series: number;
  at: number;
}

export interface ChartProps {
  /** What it shows, for those who do not see it. */
  label: string;
  /** What to draw, the same object while nothing changes. Lines, axes and words have the colours of the theme. */
  option: ChartOption;
  table: ChartTable;
  /** In pixels. */
  height?: number;
  onChoose?: (point: ChartPoint) => void;
}

const Drawing = lazy(() => import("./ChartDrawing"));

/** A chart, and the same as a table under a fold. */
export function Chart({ label, option, table, height = 240, onChoose }: ChartProps) {
  return (
    <figure className="min-w-0">
      <div role="img" aria-label={label} style={{ height }}>
        <Suspense fallback={null}>
          <Drawing option={option} onChoose={onChoose} />
        </Suspense>
      </div>
      <AsTable label={label} table={table} />
    </figure>
  );
}

/** The same as a picture in rows, under a fold. */
export function AsTable({ label, table }: { label: string; table: ChartTable }) {
  const { t } = useTranslation();
  return (
    <details className="mt-1 text-sm">
      <summary className="w-fit cursor-pointer rounded text-quiet hover:text-ink">{t("as_table")}</summary>
      <WideTable label={label} className="mt-2 text-left">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-line border-b text-quiet">
            {table.columns.map((column) => (
              <th key={column} scope="col" className="py-1 pr-4 font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name, ...cells], row) => (
            <tr key={row} className="border-line/60 border-b align-top last:border-0">
              <th scope="row" className="py-1 pr-4 font-normal">
                {name}
              </th>
              {cells.map((cell, column) => (
                <td key={column} className="py-1 pr-4 tabular-nums">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </details>
  );
}
