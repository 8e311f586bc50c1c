import type { Schemas } from "../../api/client";

/** How a measure changed: the difference in its unit, and in percent of what it was. */
export interface Change {
  by: string;
  percent: string | null;
}

/** The change of a measure as people of a language write it; null where one of the values is missing or no number. */
export function changeOf(
  { before, after, unit }: Pick<Schemas["MetricDocument"], "before" | "after" | "unit">,
  language: string,
): Change | null {
  if (before === null || after === null) return null;
  const [was, is] = [Number(before), Number(after)];
  if (!Number.isFinite(was) || !Number.isFinite(is)) return null;
  const signed = { signDisplay: "exceptZero" } as const;
  const digits = Math.max(decimals(before), decimals(after));
  const by = new Intl.NumberFormat(language, { ...signed, maximumFractionDigits: digits }).format(is - was);
  if (unit === "%" || was === 0) return { by, percent: null };
  const percent = { ...signed, style: "percent", maximumFractionDigits: 1 } as const;
  return { by, percent: new Intl.NumberFormat(language, percent).format((is - was) / Math.abs(was)) };
}

/** A value with its unit. */
export function valued(value: string, unit: string): string {
  return unit === "" || unit === "%" ? value + unit : `${value} ${unit}`;
}

function decimals(number: string): number {
  return number.split(".")[1]?.length ?? 0;
}
