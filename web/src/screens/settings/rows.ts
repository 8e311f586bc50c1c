/** The parts that settings are shown in; what belongs to no other is general. */
export const AREAS = ["general", "ingestion", "retrieval", "agents"] as const;
type Area = (typeof AREAS)[number];

/** One setting: its dotted path, the environment variable that sets it, and what is in force. */
export interface SettingRow {
  area: Area;
  path: string;
  variable: string;
  value: unknown;
}

/** Every setting of the nested document, in its order. */
export function settingRows(settings: Record<string, unknown>): SettingRow[] {
  return leaves(settings, []).map(({ path, value }) => ({
    area: AREAS.find((area) => area === path[0]) ?? "general",
    path: path.join("."),
    variable: `HUIMAI_${path.join("__").toUpperCase()}`,
    value,
  }));
}

/** The settings in whose path, variable or value a text stands. */
export function matching(rows: readonly SettingRow[], text: string): SettingRow[] {
  const wanted = text.trim().toLowerCase();
  return rows.filter(({ path, variable, value }) =>
    [path, variable, String(value)].some((part) => part.toLowerCase().includes(wanted)),
  );
}

function leaves(value: unknown, path: string[]): { path: string[]; value: unknown }[] {
  if (!isTable(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
