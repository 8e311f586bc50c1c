import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../components/Button";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { Citations } from "./Citations";
import { farOff, isOpen, isOverdue, today } from "./due";
import { useEditing } from "./Editing";
import { isField } from "./fields";
import type { Matter } from "./queries";
import { Steps } from "./Steps";

/** A matter: its words, by when and how it stands, its evidence, how it came about, and a way to correct it. */
export function MatterEntry({
  project,
  matter,
  owned = true,
  unfolded = false,
}: {
  project: string;
  matter: Matter;
  /** Whether to say whose it is. */
  owned?: boolean;
  unfolded?: boolean;
}) {
  const { t } = useTranslation("project");
  const edit = useEditing();
  return (
    <article className="py-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1 space-y-1.5">
          <p dir="auto" className="break-words">
            {matter.text}
          </p>
          <Standing matter={matter} owned={owned} />
          <Citations evidence={matter.evidence} />
        </div>
        <IconButton label={t("edit_one", { text: matter.text })} onClick={() => edit(matter.id)}>
          <Pencil />
        </IconButton>
      </div>
      {(matter.history.length > 1 || matter.links.length > 0) && (
        <details open={unfolded} className="mt-2">
          <summary className="w-fit cursor-pointer rounded text-quiet text-sm hover:text-ink">
            {t("steps", { n: matter.history.length })}
          </summary>
          <div className="mt-3">
            <Steps project={project} matter={matter} />
          </div>
        </details>
      )}
    </article>
  );
}

function Standing({ matter, owned }: { matter: Matter; owned: boolean }) {
  const { t } = useTranslation(["project", "ledger"]);
  const hand = Object.keys(matter.by_hand).map((field) => (isField(field) ? t(`field_${field}`) : field));
  return (
    <p className="flex flex-wrap gap-x-3 text-quiet text-sm">
      {owned && matter.owner !== null && <bdi className="min-w-0 break-words">{matter.owner}</bdi>}
      {matter.kind === "commitment" ? (
        <Due matter={matter} />
      ) : (
        <span>{t("said_on", { day: dayOf(matter.date) })}</span>
      )}
      <span>{t(`ledger:status_${matter.status}`)}</span>
      {hand.length > 0 && <span>{t("by_hand", { fields: hand.join(", ") })}</span>}
    </p>
  );
}

function Due({ matter }: { matter: Matter }) {
  const { t } = useTranslation("project");
  if (matter.due === null) return <span>{t("no_due")}</span>;
  const now = today();
  const said = { day: dayOf(matter.due), far: farOff(matter.due, now, spoken()) };
  const overdue = isOverdue(matter, now);
  return (
    <time dateTime={matter.due} className={overdue ? "font-medium text-warn" : undefined}>
      {overdue ? t("overdue_on", said) : isOpen(matter) ? t("due_on", said) : t("was_due", said)}
    </time>
  );
}

const dayOf = (date: string) => day(date, spoken());
