import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Coded } from "../../components/Coded";
import { Failure } from "../../components/Failure";
import { ChoiceField, TextField } from "../../components/Field";
import { Section } from "../../components/Section";
import { spoken } from "../../i18n";
import { type Schedule, schedulesQuery, useSchedule, useUnschedule } from "./queries";
import { instant, ownZone, weekdays } from "./when";

/** What is made every week for a project. */
export function Schedules({ project }: { project: string }) {
  const { t } = useTranslation("compare");
  const { data, error, refetch } = useQuery(schedulesQuery);
  const own = data?.filter((schedule) => schedule.projects.includes(project)) ?? [];
  return (
    <Section title={t("schedules")} lead={t("schedules_lead")}>
      {error && <Failure error={error} retry={() => refetch()} />}
      {data && own.length === 0 && <p className="text-quiet">{t("no_schedules")}</p>}
      <ul className="space-y-2">
        {own.map((schedule) => (
          <li key={schedule.id}>
            <Planned schedule={schedule} />
          </li>
        ))}
      </ul>
      <NewSchedule project={project} planned={own} />
    </Section>
  );
}

function Planned({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation("compare");
  const end = useUnschedule();
  const weekday = weekdays(spoken()).find(({ value }) => value === schedule.weekday)?.name ?? schedule.weekday;
  const what = t("every", { weekday, time: schedule.time, zone: schedule.timezone });
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-lg border border-line bg-raised px-4 py-2">
      <div className="min-w-0">
        <p>{what}</p>
        <p className="text-quiet text-sm">
          {t("next_due", { when: instant(schedule.next, spoken(), schedule.timezone) })}
        </p>
        {schedule.error !== null && (
          <p className="break-words text-bad text-sm">
            <Coded>{`${schedule.error} ${schedule.hint}`}</Coded>
          </p>
        )}
      </div>
      <Button
        kind="danger"
        small
        disabled={end.isPending}
        aria-label={t("end_schedule_label", { what })}
        onClick={() => end.mutate(schedule.id)}
      >
        {t("end_schedule")}
      </Button>
      {end.isError && <Failure error={end.error} />}
    </div>
  );
}

function NewSchedule({ project, planned }: { project: string; planned: readonly Schedule[] }) {
  const { t } = useTranslation("compare");
  const [weekday, setWeekday] = useState("mon");
  const [time, setTime] = useState("09:00");
  const add = useSchedule();
  const timezone = ownZone();
  const isPlanned = planned.some((one) => one.weekday === weekday && one.time === time && one.timezone === timezone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ projects: [project], weekday, time, timezone });
  };
  return (
    <form onSubmit={submit} className="mt-3 flex flex-wrap items-end gap-3">
      <ChoiceField label={t("weekday")} value={weekday} onChange={(event) => setWeekday(event.target.value)}>
        {weekdays(spoken()).map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </ChoiceField>
      <TextField
        label={t("time")}
        type="time"
        required
        value={time}
        onChange={(event) => setTime(event.target.value)}
      />
      <Button type="submit" disabled={add.isPending || isPlanned}>
        {t("add_schedule")}
      </Button>
      <p role="status" className="py-2 text-quiet text-sm">
        {isPlanned && t("is_planned")}
      </p>
      {add.isError && <Failure error={add.error} />}
    </form>
  );
}
