import { ArrowRight } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { ChoiceField } from "../../components/Field";
import { spoken } from "../../i18n";
import { day, monthName } from "../../time";
import { type By, type Choice, type Dated, daysOf, newest, type Period, periods, withLater } from "./choice";

const WAYS: readonly By[] = ["meeting", "week", "month"];

/** Chooses two meetings, two weeks or two months; the earlier one is always before the later one. */
export function PeriodPicker({
  choice,
  meetings,
  onChoose,
}: {
  choice: Choice;
  meetings: readonly Dated[];
  onChoose: (choice: Choice) => void;
}) {
  const { t } = useTranslation("compare");
  const found = periods(choice.by, meetings);
  return (
    <div className="flex w-full flex-wrap items-end gap-x-4 gap-y-3">
      <Ways by={choice.by} onChoose={(by) => onChoose(newest(by, meetings) ?? choice)} />
      <div className="grid min-w-0 flex-1 basis-80 grid-cols-1 items-end gap-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]">
        <PeriodChoice
          by={choice.by}
          label={t("earlier")}
          value={choice.from}
          periods={found.filter(({ value }) => value < choice.to)}
          onChoose={(from) => onChoose({ ...choice, from })}
        />
        <ArrowRight aria-hidden className="mb-3 hidden size-4 text-quiet sm:block" />
        <PeriodChoice
          by={choice.by}
          label={t("later")}
          value={choice.to}
          periods={choice.by === "meeting" ? found.slice(0, -1) : found}
          onChoose={(to) => onChoose(withLater(choice, to, meetings))}
        />
      </div>
    </div>
  );
}

function Ways({ by, onChoose }: { by: By; onChoose: (by: By) => void }) {
  const { t } = useTranslation("compare");
  const name = useId();
  return (
    <fieldset className="flex rounded-md border border-line bg-raised p-0.5">
      <legend className="sr-only">{t("by")}</legend>
      {WAYS.map((way) => (
        <label
          key={way}
          className="cursor-pointer rounded px-3 py-1.5 text-quiet has-checked:bg-accent-soft has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            checked={way === by}
            onChange={() => onChoose(way)}
            className="sr-only outline-none"
          />
          {t(`by_${way}`)}
        </label>
      ))}
    </fieldset>
  );
}

function PeriodChoice({
  by,
  label,
  value,
  periods,
  onChoose,
}: {
  by: By;
  label: string;
  value: string;
  periods: readonly Period[];
  onChoose: (value: string) => void;
}) {
  const name = usePeriodName(by);
  const known = periods.some((period) => period.value === value);
  return (
    <ChoiceField label={label} value={value} onChange={(event) => onChoose(event.target.value)} className="truncate">
      {[...periods, ...(known ? [] : [{ value, meetings: [] }])].map((period) => (
        <option key={period.value} value={period.value}>
          {name(period)}
        </option>
      ))}
    </ChoiceField>
  );
}

function usePeriodName(by: By): (period: Period) => string {
  const { t } = useTranslation("compare");
  return ({ value, meetings }) => {
    const days = daysOf(value);
    if (days === null) return [day(value, spoken()), ...meetings.map(({ title }) => title)].join(" · ");
    const held = meetings.length === 0 ? t("no_meetings") : t("meetings_held", { n: meetings.length });
    return `${by === "month" ? monthName(days[0], spoken()) : `${value} · ${stretch(days, spoken())}`} · ${held}`;
  };
}

function stretch([first, last]: [string, string], language: string): string {
  const written = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  return written.formatRange(Date.parse(first), Date.parse(last));
}
