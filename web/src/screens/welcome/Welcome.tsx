import { Link } from "@tanstack/react-router";
import { AudioLines, type LucideIcon, MessageCircleQuestion, ShieldCheck, UserRoundCheck } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { buttonLook } from "../../components/Button";

/**
 * The guide for the first run, for where there is no meeting yet: three steps, what stays on the machine, and how to
 * get the sample meetings. It stands below the screen's own heading.
 */
export function Welcome() {
  const { t } = useTranslation("welcome");
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="font-semibold text-lg">
        {t("steps")}
      </h2>
      <ol className="mt-3 grid gap-4 sm:grid-cols-3">
        <Step icon={AudioLines} number={1} title={t("add")} text={t("add_text")}>
          <Link to="/meetings" className={buttonLook({ kind: "accent" })}>
            {t("add_do")}
          </Link>
        </Step>
        <Step icon={UserRoundCheck} number={2} title={t("name")} text={t("name_text")} />
        <Step icon={MessageCircleQuestion} number={3} title={t("ask")} text={t("ask_text")} />
      </ol>
      <p className="mt-6 flex items-start gap-3 rounded-lg bg-accent-soft px-4 py-3">
        <ShieldCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-accent" />
        <span>
          <strong className="font-medium">{t("stays")}</strong> <span className="text-quiet">{t("stays_text")}</span>
        </span>
      </p>
      <Samples />
    </section>
  );
}

function Step({
  icon: Icon,
  number,
  title,
  text,
  children,
}: {
  icon: LucideIcon;
  number: number;
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <li className="flex flex-col rounded-xl border border-line bg-raised p-5">
      <span aria-hidden className="flex items-center gap-2 text-accent">
        <Icon className="size-5" />
        <span className="font-semibold tabular-nums">{number}</span>
      </span>
      <h3 className="mt-3 font-semibold">{title}</h3>
      <p className="mt-1 flex-1 text-quiet text-sm">{text}</p>
      {children && <div className="mt-4">{children}</div>}
    </li>
  );
}

function Samples() {
  const { t } = useTranslation("welcome");
  return (
    <div className="mt-8 text-quiet text-sm">
      <h3 className="font-medium text-base text-ink">{t("sample")}</h3>
      <p className="mt-1">{t("sample_demo")}</p>
      <Command>make demo</Command>
      <p className="mt-3">{t("sample_ingest")}</p>
      <Command>{`huimai ingest weekly.m4a --project "${t("project_example")}"`}</Command>
    </div>
  );
}

function Command({ children }: { children: string }) {
  return (
    <pre className="mt-1 overflow-x-auto whitespace-pre-wrap break-words rounded-md bg-sunken px-3 py-2 text-ink">
      <code>{children}</code>
    </pre>
  );
}
