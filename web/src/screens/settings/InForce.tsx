import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Coded } from "../../components/Coded";
import { Section } from "../../components/Section";
import { AREAS, matching, type SettingRow, settingRows } from "./rows";

const VARIABLE = "HUIMAI_PORT=8001";
const LINE = "port = 8001";

/** The settings that the server runs with, and how to change one. */
export function InForce({ settings, home }: { settings: Record<string, unknown>; home: string }) {
  const { t } = useTranslation("settings");
  const [text, setText] = useState("");
  const ways = [
    t("how_env", { example: VARIABLE }),
    t("how_file", { file: `${home}/huimai.toml`, example: LINE }),
    t("how_restart"),
  ];
  const shown = matching(settingRows(settings), text);
  return (
    <Section title={t("force")} lead={t("force_lead")}>
      <details className="mb-4 rounded-lg border border-line bg-raised px-4 py-3">
        <summary className="cursor-pointer font-medium">{t("how")}</summary>
        <ul className="mt-2 list-disc space-y-1 break-words pl-5 text-quiet text-sm">
          {ways.map((way) => (
            <li key={way}>
              <Coded>{way}</Coded>
            </li>
          ))}
        </ul>
      </details>
      <input
        type="search"
        aria-label={t("filter")}
        placeholder={t("filter")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="mb-4 w-full rounded-md border border-line bg-raised px-3 py-2 placeholder:text-quiet sm:max-w-xs"
      />
      {shown.length === 0 && <p className="text-quiet">{t("no_match")}</p>}
      {AREAS.map((area) => (
        <Area
          key={`${area} ${text === ""}`}
          name={t(`area_${area}`)}
          rows={shown.filter((row) => row.area === area)}
          open={text !== ""}
        />
      ))}
    </Section>
  );
}

/** The settings of a part, under a fold that is open while they are looked through. */
function Area({ name, rows, open }: { name: string; rows: readonly SettingRow[]; open: boolean }) {
  const { t } = useTranslation("settings");
  if (rows.length === 0) return null;
  return (
    <details open={open} className="mb-2 rounded-lg border border-line bg-raised">
      <summary className="cursor-pointer rounded-lg px-4 py-2.5 font-medium">
        {name} <span className="font-normal text-quiet text-sm tabular-nums">{rows.length}</span>
      </summary>
      <dl className="divide-y divide-line border-line border-t text-sm">
        {rows.map(({ path, variable, value }) => (
          <div key={path} className="grid gap-x-4 px-4 py-2 sm:grid-cols-2">
            <dt className="min-w-0 break-words">
              {path}
              <code className="block break-all text-quiet text-xs" title={t("variable")}>
                {variable}
              </code>
            </dt>
            <dd className="min-w-0 break-words">
              <Value value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Value({ value }: { value: unknown }) {
  const { t } = useTranslation("settings");
  if (typeof value === "boolean") return t(value ? "on" : "off");
  if (typeof value === "string" && value !== "") return <bdi>{value}</bdi>;
  if (typeof value === "number") return value;
  const filled = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  return filled ? JSON.stringify(value) : <span className="text-quiet">{t("unset")}</span>;
}
