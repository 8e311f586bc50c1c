import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Section } from "../../components/Section";
import { spoken } from "../../i18n";
import { monthName } from "../../time";
import { Budgets } from "./Budgets";
import { lastMonths } from "./figures";
import { type Grouping, usageQuery } from "./queries";
import { Simulator } from "./Simulator";
import { UsageByDay } from "./UsageByDay";
import { UsageTable } from "./UsageTable";

const MONTHS = 12;
const GROUPINGS = ["task", "project", "tier", "user", "model"] as const satisfies readonly Grouping[];
const LOOK = "rounded-md border border-line bg-raised px-3 py-1.5";

/** What models took and cost in a month, and how the budgets stand. */
export function Usage() {
  const { t } = useTranslation("models");
  const [months] = useState(() => lastMonths(new Date(), MONTHS));
  const [month, setMonth] = useState(months[0] ?? "");
  const [by, setBy] = useState<(typeof GROUPINGS)[number]>("task");
  const usage = useQuery(usageQuery(month, by));
  const choices = (
    <div className="flex flex-wrap gap-2">
      <select aria-label={t("month")} value={month} onChange={(event) => setMonth(event.target.value)} className={LOOK}>
        {months.map((one) => (
          <option key={one} value={one}>
            {monthName(one, spoken())}
          </option>
        ))}
      </select>
      <select
        aria-label={t("by")}
        value={by}
        onChange={(event) => setBy(GROUPINGS.find((one) => one === event.target.value) ?? by)}
        className={LOOK}
      >
        {GROUPINGS.map((one) => (
          <option key={one} value={one}>
            {t(`by_${one}`)}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <Section title={t("usage")} lead={t("usage_lead")} actions={choices}>
      {usage.isPending && <Loading />}
      {usage.isError && <Failure error={usage.error} retry={() => usage.refetch()} />}
      {usage.data && (
        <>
          {usage.data.rows.length === 0 ? (
            <p className="text-quiet">{t("unused")}</p>
          ) : (
            <>
              <UsageTable usage={usage.data} by={by} />
              <UsageByDay month={month} />
            </>
          )}
          <Budgets budgets={usage.data.budgets} warnAt={usage.data.warn_at} />
          {usage.data.rows.length > 0 && <Simulator month={month} />}
        </>
      )}
    </Section>
  );
}
