import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef, useState } from "react";
import type { ChartProps } from "./Chart";
import { type Colours, useColours } from "./colours";

use([LineChart, BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** The drawn part of a chart: everything of ECharts that the app loads, once a chart is first shown. */
export default function ChartDrawing({ option, onChoose }: Pick<ChartProps, "option" | "onChoose">) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<EChartsType | null>(null);
  const colours = useColours();

  useEffect(() => {
    if (place.current === null) return;
    const made = init(place.current, themeOf(colours));
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(place.current);
    setDrawn(made);
    return () => {
      watcher.disconnect();
      made.dispose();
    };
  }, [colours]);

  useEffect(() => {
    if (drawn === null || drawn.isDisposed()) return;
    drawn.setOption(option, { notMerge: true });
  }, [drawn, option]);

  useEffect(() => {
    if (drawn === null || drawn.isDisposed() || onChoose === undefined) return;
    const choose = (point: { seriesIndex?: number; dataIndex: number }) =>
      onChoose({ series: point.seriesIndex ?? 0, at: point.dataIndex });
    drawn.on("click", choose);
    return () => {
      if (!drawn.isDisposed()) drawn.off("click", choose);
    };
  }, [drawn, onChoose]);

  return <div ref={place} className="size-full" />;
}

function themeOf(colours: Colours) {
  const axis = {
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { lineStyle: { color: colours.line } },
    splitLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours.quiet },
    nameTextStyle: { color: colours.quiet },
  };
  return {
    color: [colours.accent, colours.warn, colours.good, colours.bad, colours.quiet],
    backgroundColor: "transparent",
    animation: false,
    textStyle: { color: colours.ink, fontFamily: getComputedStyle(document.documentElement).fontFamily },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    timeAxis: { ...axis, splitLine: { show: false } },
    legend: { textStyle: { color: colours.quiet } },
    tooltip: {
      // words are drawn, not set as HTML: what people said stays text
      renderMode: "richText",
      confine: true,
      backgroundColor: colours.raised,
      borderColor: colours.line,
      textStyle: { color: colours.ink },
      axisPointer: { lineStyle: { color: colours.quiet } },
    },
  };
}
