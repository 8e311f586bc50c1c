import type { Schemas } from "../../api/client";

/** The parts that settings are shown in; what belongs to no other is general. */
export const AREAS = ["general", "ingestion", "retrieval", "agents"] as const;
type Area = (typeof AREAS)[number];

/** One setting: what is in force, what said so, and what it means. */
export type Setting = Schemas["SettingDocument"];

/** The part that a setting is shown in. */
export const areaOf = ({ name }: Setting): Area => AREAS.find((area) => name.startsWith(`${area}.`)) ?? "general";

/** The settings of which the name, value, source or meaning holds a text. `sourceWord` is what a source is called. */
export function matching(
  settings: readonly Setting[],
  text: string,
  sourceWord: (source: Setting["source"]) => string,
): Setting[] {
  const wanted = text.trim().toLowerCase();
  return settings.filter(({ name, variable, value, source, description, description_zh }) =>
    [name, variable, JSON.stringify(value), sourceWord(source), description, description_zh].some((part) =>
      part.toLowerCase().includes(wanted),
    ),
  );
}
