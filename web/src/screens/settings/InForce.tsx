import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Coded } from "../../components/Coded";
import { Described } from "../../components/Described";
import { Section } from "../../components/Section";
import { AREAS, areaOf, matching, type Setting } from "./rows";

const VARIABLE = "HUIMAI_PORT=8001";
const LINE = "port = 8001";
const SOURCES = { default: "from_default", "huimai.toml": "from_file", environment: "from_environment" } as const;

/** The settings that the server runs with, what they mean, and how to change one. */
export function InForce({ settings, home }: { settings: readonly Setting[]; home: string }) {
  const { t } = useTranslation("settings");
  const [text, setText] = useState("");
  const ways = [
    t("how_env", { example: VARIABLE }),
    t("how_file", { file: `${home}/huimai.toml`, example: LINE }),
    t("how_restart"),
  ];
  const shown = matching(settings, text, (source) => t(SOURCES[source]));
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
          settings={shown.filter((setting) => areaOf(setting) === area)}
          open={text !== ""}
        />
      ))}
    </Section>
  );
}

/** The settings of a part, under a fold that is open while they are looked through. */
function Area({ name, settings, open }: { name: string; settings: readonly Setting[]; open: boolean }) {
  if (settings.length === 0) return null;
  return (
    <details open={open} className="mb-2 rounded-lg border border-line bg-raised">
      <summary className="cursor-pointer rounded-lg px-4 py-2.5 font-medium">
        {name} <span className="font-normal text-quiet text-sm tabular-nums">{settings.length}</span>
      </summary>
      <dl className="divide-y divide-line border-line border-t text-sm">
        {settings.map((setting) => (
          <SettingRow key={setting.name} setting={setting} />
        ))}
      </dl>
    </details>
  );
}

function SettingRow({ setting }: { setting: Setting }) {
  const { t } = useTranslation("settings");
  const { name, variable, value, source } = setting;
  return (
    <div className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <dt className="min-w-0">
        <span className="break-words font-medium">{name}</span>
        <code className="block break-all text-quiet text-xs" title={t("variable")}>
          {variable}
        </code>
      </dt>
      <dd className="min-w-0 sm:row-span-2 sm:text-right">
        <p className="break-words">
          <Value value={value} />
        </p>
        <p className={`text-xs ${source === "default" ? "text-quiet" : "text-accent"}`}>{t(SOURCES[source])}</p>
      </dd>
      <dd className="min-w-0 break-words text-quiet">
        <Described {...setting} />
      </dd>
    </div>
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
