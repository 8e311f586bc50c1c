import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { spoken } from "../../i18n";
import { asking } from "./asking";
import type { Answer } from "./attempt";
import { Fold } from "./Fold";
import { ThoughtsText } from "./Thoughts";
import { ClaimList } from "./Verdicts";

/** Folded: every statement with its verdict, the notes, the thoughts, and what model wrote it, why, and for how much. */
export function HowAnswered({ answer }: { answer: Answer }) {
  const { t } = useTranslation("ask");
  const thoughts = asking.thoughts(answer.message_id);
  return (
    <Fold title={t("how")}>
      {answer.claims.length > 0 && (
        <Part title={t("statements")}>
          <ClaimList claims={answer.claims} citations={answer.citations} />
        </Part>
      )}
      {answer.notes.length > 0 && (
        <Part title={t("notes")}>
          <ul className="list-disc space-y-1 ps-5">
            {answer.notes.map((note, at) => (
              <li key={at} dir="auto" className="break-words">
                {note}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {thoughts !== undefined && (
        <Part title={t("thoughts")}>
          <p className="mb-2 text-quiet">{t("thoughts_gone")}</p>
          <ThoughtsText text={thoughts} />
        </Part>
      )}
      <Facts answer={answer} />
    </Fold>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-medium">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ answer }: { answer: Answer }) {
  const { t } = useTranslation("ask");
  const { usage } = answer;
  const number = (value: number) => value.toLocaleString(spoken());
  const facts = [
    [t("model"), answer.model ?? t("no_model")],
    [t("tier"), answer.tier],
    [t("why_tier"), answer.tier_reason],
    [t("tokens"), t("tokens_value", { read: number(usage.prompt_tokens), written: number(usage.completion_tokens) })],
    [t("cost"), usage.cost ? money(usage.cost.amount, usage.cost.currency) : t("cost_unknown")],
    [t("took"), took(answer, (all, first) => t("took_value", { all, first }))],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function money(amount: number, currency: string): string {
  return new Intl.NumberFormat(spoken(), { style: "currency", currency, maximumFractionDigits: 4 }).format(amount);
}

function took(answer: Answer, withFirst: (all: string, first: string) => string): string {
  const all = seconds(answer.took_ms);
  return answer.first_token_ms === null ? all : withFirst(all, seconds(answer.first_token_ms));
}

function seconds(ms: number): string {
  return new Intl.NumberFormat(spoken(), { style: "unit", unit: "second", maximumFractionDigits: 1 }).format(ms / 1000);
}
