const UNITS = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A number of bytes as people write it: "0.3 kB", "812 kB", "4.1 GB". */
export function bytes(count: number, language: string): string {
  const step = count < 1e6 ? 0 : Math.min(Math.floor(Math.log10(count) / 3) - 1, UNITS.length - 1);
  const value = count / 1000 ** (step + 1);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[step],
    unitDisplay: "short",
    maximumFractionDigits: value < 100 ? 1 : 0,
  }).format(value);
}
