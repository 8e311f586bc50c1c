import { useQuery } from "@tanstack/react-query";
import { CalendarDays, Folder, type LucideIcon, User } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../../api/queries";
import { speakersQuery } from "./queries";
import { daysOf, type Scope, TIMES, timeOf } from "./scope";

interface Chosen {
  scope: Scope;
  onChange: (scope: Scope) => void;
}

/** Where to look: the project, who speaks, and when. */
export function ScopeChips({ scope, onChange }: Chosen) {
  const { t } = useTranslation("ask");
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5">
      <legend className="sr-only">{t("scope")}</legend>
      <ProjectChip scope={scope} onChange={onChange} />
      {scope.project !== undefined && <PersonChip project={scope.project} scope={scope} onChange={onChange} />}
      <TimeChip scope={scope} onChange={onChange} />
    </fieldset>
  );
}

function ProjectChip({ scope, onChange }: Chosen) {
  const { t } = useTranslation(["ask", "common"]);
  const { data: projects = [] } = useQuery(projectsQuery);
  const names = withChosen(
    projects.map(({ name }) => name),
    scope.project,
  );
  return (
    <Chip
      icon={Folder}
      label={t("project")}
      on={scope.project !== undefined}
      value={scope.project ?? ""}
      // people belong to a project
      onChange={(event) => onChange({ ...scope, project: event.target.value || undefined, speaker: undefined })}
    >
      <option value="">{t("common:all_projects")}</option>
      <Names names={names} />
    </Chip>
  );
}

function PersonChip({ project, scope, onChange }: Chosen & { project: string }) {
  const { t } = useTranslation("ask");
  const { data: speakers = [] } = useQuery(speakersQuery(project));
  const names = withChosen(
    speakers.map(({ name }) => name),
    scope.speaker,
  );
  return (
    <Chip
      icon={User}
      label={t("person")}
      on={scope.speaker !== undefined}
      value={scope.speaker ?? ""}
      onChange={(event) => onChange({ ...scope, speaker: event.target.value || undefined })}
    >
      <option value="">{t("everybody")}</option>
      <Names names={names} />
    </Chip>
  );
}

function TimeChip({ scope, onChange }: Chosen) {
  const { t } = useTranslation("ask");
  const [own, setOwn] = useState(false);
  const today = new Date();
  const time = own ? "own" : timeOf(scope, today);
  const choose = (value: string) => {
    setOwn(value === "own");
    const named = TIMES.find((one) => one === value);
    if (named) onChange({ ...scope, ...daysOf(named, today) });
    else if (value === "all") onChange({ ...scope, since: undefined, until: undefined });
  };
  return (
    <>
      <Chip
        icon={CalendarDays}
        label={t("time")}
        on={time !== "all"}
        value={time}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="all">{t("time_all")}</option>
        {TIMES.map((one) => (
          <option key={one} value={one}>
            {t(`time_${one}`)}
          </option>
        ))}
        <option value="own">{t("time_own")}</option>
      </Chip>
      {time === "own" && (
        <span className="flex flex-wrap items-center gap-1.5">
          <Day
            label={t("since")}
            value={scope.since}
            max={scope.until}
            onChange={(since) => onChange({ ...scope, since })}
          />
          <Day
            label={t("until")}
            value={scope.until}
            min={scope.since}
            onChange={(until) => onChange({ ...scope, until })}
          />
        </span>
      )}
    </>
  );
}

function Chip({
  icon: Icon,
  label,
  on,
  ...rest
}: ComponentProps<"select"> & { icon: LucideIcon; label: string; on: boolean }) {
  const look = on ? "border-accent bg-accent-soft text-ink" : "border-line text-quiet hover:text-ink";
  return (
    <span className={`relative inline-flex max-w-full items-center rounded-full border text-sm ${look}`}>
      <Icon aria-hidden className="pointer-events-none absolute start-2.5 size-3.5" />
      <select
        aria-label={label}
        className="field-sizing-content max-w-48 truncate rounded-full bg-transparent py-1 ps-7.5 pe-2 [&>option]:bg-raised [&>option]:text-ink"
        {...rest}
      />
    </span>
  );
}

function Names({ names }: { names: readonly string[] }) {
  return names.map((name) => (
    <option key={name} value={name}>
      {name}
    </option>
  ));
}

function Day({
  label,
  value,
  onChange,
  ...bounds
}: {
  label: string;
  value: string | undefined;
  min?: string;
  max?: string;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <label className="inline-flex items-center gap-1.5 text-quiet text-sm">
      {label}
      <input
        type="date"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || undefined)}
        className="rounded-full border border-line bg-transparent px-2.5 py-1 text-ink"
        {...bounds}
      />
    </label>
  );
}

/** The names to choose from; what is chosen is among them even where it is no longer known. */
function withChosen(names: string[], chosen: string | undefined): string[] {
  return chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
}
