import { useTranslation } from "react-i18next";
import { Coded } from "../../components/Coded";
import { spoken } from "../../i18n";
import { money, moneys, standing } from "./figures";
import type { Budget } from "./queries";

const LOOKS = {
  fine: { bar: "bg-good", word: "text-good" },
  near: { bar: "bg-warn", word: "text-warn" },
  over: { bar: "bg-bad", word: "text-bad" },
};

/** How the budgets stand, each as a bar and in words. */
export function Budgets({ budgets, warnAt }: { budgets: readonly Budget[]; warnAt: number }) {
  const { t } = useTranslation("models");
  return (
    <div className="mt-6">
      <h3 className="font-medium">{t("budgets")}</h3>
      {budgets.length === 0 && (
        <p className="text-quiet text-sm">
          <Coded>{t("budget_none")}</Coded>
        </p>
      )}
      <ul className="mt-2 space-y-4">
        {budgets.map((budget) => (
          <li key={budget.project}>
            <BudgetBar budget={budget} warnAt={warnAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function BudgetBar({ budget, warnAt }: { budget: Budget; warnAt: number }) {
  const { t } = useTranslation("models");
  const { share, state } = standing(budget, warnAt);
  const amount = (value: number) => money({ amount: value, currency: budget.currency }, spoken());
  const said = [
    t("budget_spent", {
      spent: amount(budget.spent),
      budget: amount(budget.budget),
      left: amount(Math.max(0, budget.left)),
    }),
    ...(budget.under_way > 0 ? [t("budget_under_way", { amount: amount(budget.under_way) })] : []),
    ...(budget.forecast !== null ? [t("budget_forecast", { amount: amount(budget.forecast) })] : []),
    ...(budget.uncounted.length > 0 ? [t("budget_uncounted", { amount: moneys(budget.uncounted, spoken()) })] : []),
  ];
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <bdi className="min-w-0 break-words font-medium">{budget.project ?? t("budget_all")}</bdi>
        <span className={`text-sm ${LOOKS[state].word}`}>{t(`budget_${state}`)}</span>
      </p>
      <div aria-hidden className="my-1 h-2 overflow-hidden rounded-full bg-line">
        <div className={`h-full ${LOOKS[state].bar}`} style={{ width: `${share * 100}%` }} />
      </div>
      <p className="text-quiet text-sm">{said.join(" · ")}</p>
    </>
  );
}
