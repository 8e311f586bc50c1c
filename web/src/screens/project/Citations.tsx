import { Quote as QuoteMark } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Evidence, useEvidence } from "../../evidence/EvidencePanel";
import { spoken } from "../../i18n";
import { clock, shortDay } from "../../time";

const FIRST = 3;

/** The evidence of a claim as small links; each opens the moment that it is of. */
export function Citations({ evidence }: { evidence: readonly Evidence[] }) {
  const { t } = useTranslation("project");
  const [all, setAll] = useState(false);
  if (evidence.length === 0) return null;
  const hidden = all ? 0 : Math.max(0, evidence.length - FIRST);
  return (
    <ul className="flex flex-wrap gap-1.5">
      {evidence.slice(0, evidence.length - hidden).map((one) => (
        <li key={`${one.meeting_id} ${one.utterances}`} className="max-w-full">
          <Citation evidence={one} />
        </li>
      ))}
      {hidden > 0 && (
        <li>
          <button
            type="button"
            onClick={() => setAll(true)}
            className="rounded px-1.5 py-0.5 text-quiet text-xs hover:bg-line/50 hover:text-ink"
          >
            {t("more_evidence", { n: hidden })}
          </button>
        </li>
      )}
    </ul>
  );
}

function Citation({ evidence }: { evidence: Evidence }) {
  const open = useEvidence();
  const { speaker, date, start, quote } = evidence;
  return (
    <button
      type="button"
      title={quote}
      onClick={() => open(evidence)}
      className="flex max-w-full items-center gap-1 rounded bg-sunken px-1.5 py-0.5 text-quiet text-xs hover:bg-accent-soft hover:text-ink"
    >
      <QuoteMark aria-hidden className="size-3 shrink-0" />
      {speaker !== null && <bdi className="max-w-36 truncate">{speaker}</bdi>}
      <span className="whitespace-nowrap tabular-nums">
        {shortDay(date, spoken())}
        {start !== null && ` ${clock(start)}`}
      </span>
      <span className="sr-only">{quote}</span>
    </button>
  );
}
