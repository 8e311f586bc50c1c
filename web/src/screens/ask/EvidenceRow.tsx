import { useTranslation } from "react-i18next";
import { useEvidence } from "../../evidence/EvidencePanel";
import { whoSpeaks } from "../../evidence/whoSpeaks";
import { spoken } from "../../i18n";
import { clock, day } from "../../time";
import type { Citation } from "./attempt";

/** The evidence of an answer, side by side; each card opens its moment. */
export function EvidenceRow({ citations }: { citations: readonly Citation[] }) {
  const { t } = useTranslation("ask");
  if (citations.length === 0) return null;
  return (
    <ol aria-label={t("evidence_found")} className="relative -mx-1 flex gap-2.5 overflow-x-auto px-1 py-1">
      {citations.map((citation) => (
        <li key={citation.n} className="shrink-0">
          <Card citation={citation} />
        </li>
      ))}
    </ol>
  );
}

function Card({ citation }: { citation: Citation }) {
  const { t } = useTranslation(["ask", "common"]);
  const open = useEvidence();
  const { n, date, start, quote, meeting_title: title } = citation;
  return (
    <button
      type="button"
      onClick={() => open(citation)}
      className="flex h-32 w-60 flex-col gap-1 rounded-lg border border-line bg-raised px-3 py-2.5 text-start text-sm hover:border-accent"
    >
      <span className="flex w-full items-baseline gap-2 text-xs">
        <span className="rounded-full bg-accent-soft px-1.5 font-medium text-accent tabular-nums leading-5">
          <span className="sr-only">{t("evidence_number", { n })}</span>
          <span aria-hidden>{n}</span>
        </span>
        <bdi className="min-w-0 truncate font-medium">{whoSpeaks(citation) ?? t("common:unknown_speaker")}</bdi>
        {start !== null && <span className="ms-auto text-quiet tabular-nums">{clock(start)}</span>}
      </span>
      <span dir="auto" className="line-clamp-3 w-full break-words">
        {quote}
      </span>
      <span className="mt-auto w-full truncate text-quiet text-xs">
        <time dateTime={date}>{day(date, spoken())}</time> · <bdi>{title}</bdi>
      </span>
    </button>
  );
}
