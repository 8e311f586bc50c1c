import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LinkJudge } from "../../components/LinkJudge";
import { Quotes } from "../../components/Quote";
import type { Evidence } from "../../evidence/EvidencePanel";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { valued } from "./metrics";
import type { Item, Link, Row } from "./queries";
import { formerly, judgeable, outermost, unquoted } from "./rows";

/** Is told of a link that a person has judged, and how. */
export type Judged = (link: Link, confirmed: boolean | null) => void;

/**
 * A matter: what it is, whose and by when, what was said of it before and now. A fresh one has no before; `since` begins
 * the later period.
 */
export function RowView({
  row,
  fresh,
  since,
  onJudged,
}: {
  row: Row;
  fresh: boolean;
  since: string;
  onJudged: Judged;
}) {
  const { t } = useTranslation("compare");
  return (
    <article className="rounded-lg border border-line bg-raised px-4 py-3">
      {row.item && <Facts item={row.item} />}
      <div className={fresh ? "" : "grid gap-x-6 gap-y-3 sm:grid-cols-2"}>
        {!fresh && (
          <Side title={t("before")} text={row.before} evidence={row.evidence_before} unsaid={t("unsaid_before")} />
        )}
        <Side
          title={fresh ? undefined : t("after")}
          text={row.after}
          evidence={row.evidence_after}
          unsaid={t("unsaid_after")}
        />
      </div>
      <Links row={row} since={since} onJudged={onJudged} />
    </article>
  );
}

function Facts({ item }: { item: Item }) {
  const { t } = useTranslation(["compare", "ledger"]);
  const wasDue = formerly(item, "due").map((date) => day(date, spoken()));
  return (
    <div className="mb-2 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
      <h3 className="font-medium">
        {t(`ledger:kind_${item.kind}`)}{" "}
        <span className="font-normal text-quiet">· {t(`ledger:status_${item.status}`)}</span>
      </h3>
      {item.owner !== null && (
        <Fact name={t("compare:owner")} was={formerly(item, "owner")}>
          {item.owner}
        </Fact>
      )}
      {item.due !== null && (
        <Fact name={t("compare:due")} was={wasDue}>
          {day(item.due, spoken())}
        </Fact>
      )}
      {item.value !== null && <Fact name={t("compare:value")}>{valued(item.value, item.unit ?? "")}</Fact>}
    </div>
  );
}

function Fact({ name, was = [], children }: { name: string; was?: readonly string[]; children: string }) {
  const { t } = useTranslation("compare");
  return (
    <p className="min-w-0 break-words">
      <span className="text-quiet">{name}</span> <bdi>{children}</bdi>
      {was.length > 0 && <span className="text-quiet"> ({t("was", { what: was.join(", ") })})</span>}
    </p>
  );
}

function Side({
  title,
  text,
  evidence,
  unsaid,
}: {
  title?: ReactNode;
  text: string | null;
  evidence: readonly Evidence[];
  unsaid: string;
}) {
  const apart = unquoted(text, evidence);
  return (
    <div className="min-w-0">
      {title && <h4 className="mb-1 text-quiet text-xs">{title}</h4>}
      {apart !== null && (
        <p dir="auto" className="mb-1 whitespace-pre-wrap break-words">
          {apart}
        </p>
      )}
      {evidence.length > 0 && <Quotes evidence={outermost(evidence)} />}
      {text === null && evidence.length === 0 && <p className="text-quiet text-sm">{unsaid}</p>}
    </div>
  );
}

/** Why what the later period says is taken for one matter with what was said before, or to conflict with it. */
function Links({ row, since, onJudged }: { row: Row; since: string; onJudged: Judged }) {
  const { t } = useTranslation(["compare", "ledger"]);
  const made = judgeable(row, since);
  if (made.length === 0) return null;
  return (
    <div className="mt-3 border-line border-t pt-2">
      <ul aria-label={t(row.item ? "compare:links" : "compare:why_conflict")} className="space-y-1">
        {made.map(({ link, sides }) => (
          <li key={`${link.item_id} ${link.earlier_id}`} className="flex flex-wrap items-center gap-x-3">
            <span className="text-sm">{t(`ledger:link_${link.type}`)}</span>
            <LinkJudge link={link} onJudged={(confirmed) => onJudged(link, confirmed)} />
            {sides && (
              <span className="flex w-full gap-1.5 text-quiet text-xs">
                <bdi className="min-w-0 truncate">{sides[0]}</bdi>→<bdi className="min-w-0 truncate">{sides[1]}</bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
