import { useQuery } from "@tanstack/react-query";
import { meetingsQuery } from "../../api/queries";
import { spoken } from "../../i18n";
import { day as written } from "../../time";

/** The days of a project's meetings, the newest first. */
export function useMeetingDays(project: string): string[] {
  const { data = [] } = useQuery(meetingsQuery(project));
  return [...new Set(data.filter(({ stage }) => stage === "ready").map(({ date }) => date))].reverse();
}

/** Chooses a day of a project's meetings, or none where `now` says what that means. */
export function DayChoice({
  project,
  label,
  now,
  day,
  onChoose,
}: {
  project: string;
  label: string;
  now?: string;
  day: string | undefined;
  onChoose: (day: string | undefined) => void;
}) {
  const days = useMeetingDays(project);
  return (
    <label className="flex items-center gap-2 text-quiet text-sm">
      {label}
      <select
        value={day ?? ""}
        onChange={(event) => onChoose(event.target.value || undefined)}
        className="rounded-md border border-line bg-raised px-2 py-1 text-ink"
      >
        {now !== undefined && <option value="">{now}</option>}
        {days.map((one) => (
          <option key={one} value={one}>
            {written(one, spoken())}
          </option>
        ))}
      </select>
    </label>
  );
}
