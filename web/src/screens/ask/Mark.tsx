import { useTranslation } from "react-i18next";
import { useEvidence } from "../../evidence/EvidencePanel";
import { whoSpeaks } from "../../evidence/whoSpeaks";
import { spoken } from "../../i18n";
import { day } from "../../time";
import type { Citation } from "./attempt";

/** The number of a piece of evidence within a text; opens it. */
export function Mark({ citation }: { citation: Citation }) {
  const { t } = useTranslation(["ask", "common"]);
  const open = useEvidence();
  const who = whoSpeaks(citation) ?? t("common:unknown_speaker");
  return (
    <button
      type="button"
      onClick={() => open(citation)}
      title={citation.quote}
      aria-label={t("evidence_n", { n: citation.n, who, date: day(citation.date, spoken()) })}
      className="mx-0.5 inline-flex min-w-5 items-center justify-center rounded-full bg-accent-soft px-1.5 align-[0.1em] font-medium text-accent text-xs tabular-nums leading-5 hover:bg-accent hover:text-accent-ink"
    >
      {citation.n}
    </button>
  );
}

/** The marks of several pieces of evidence, by their numbers. */
export function Marks({ numbers, citations }: { numbers: readonly number[]; citations: readonly Citation[] }) {
  return citations
    .filter(({ n }) => numbers.includes(n))
    .map((citation) => <Mark key={citation.n} citation={citation} />);
}
