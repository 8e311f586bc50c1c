import type { Evidence } from "../../evidence/EvidencePanel";
import type { Matter } from "./queries";

/** One value of a measure, and what it stands on. */
export interface Value {
  date: string;
  value: number;
  evidence: Evidence[];
}

/** A measure over time. */
export interface Series {
  id: string;
  name: string;
  unit: string;
  values: Value[];
}

/** The measures with their values, those with the most values first. */
export function seriesOf(metrics: readonly Matter[]): Series[] {
  return metrics
    .map((metric) => ({
      id: metric.id,
      name: metric.name ?? metric.text,
      unit: metric.unit ?? "",
      values: metric.history.flatMap(({ date, value, evidence }) =>
        value === null ? [] : [{ date, value: Number(value), evidence }],
      ),
    }))
    .filter(({ values }) => values.length > 0)
    .sort((one, other) => other.values.length - one.values.length);
}

/** A number with its unit: "2.4 s", "98%", "$18,000". */
export function withUnit(value: number, unit: string, language: string): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(value);
  if (unit === "$" || unit === "¥" || unit === "€" || unit === "£") return unit + number;
  return unit === "" || unit === "%" || language === "zh" ? number + unit : `${number} ${unit}`;
}
