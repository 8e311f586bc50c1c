import { type Evidence, useEvidence } from "../evidence/EvidencePanel";
import { whoSpeaks } from "../evidence/whoSpeaks";
import { spoken } from "../i18n";
import { clock, day } from "../time";

/** A piece of evidence: who speaks, as far as is known, when, and the words. Opens the moment in the panel of evidence. */
export function Quote({ evidence }: { evidence: Evidence }) {
  const open = useEvidence();
  const { date, start, quote } = evidence;
  const who = whoSpeaks(evidence);
  return (
    <button
      type="button"
      onClick={() => open(evidence)}
      className="block w-full rounded-r-md border-line border-l-2 py-1 pr-2 pl-3 text-left text-sm hover:border-accent hover:bg-sunken"
    >
      <span className="flex flex-wrap gap-x-2 text-quiet text-xs">
        {who !== null && <bdi className="min-w-0 break-words font-medium">{who}</bdi>}
        <time dateTime={date}>{day(date, spoken())}</time>
        {start !== null && <span className="tabular-nums">{clock(start)}</span>}
      </span>
      <span dir="auto" className="block break-words">
        {quote}
      </span>
    </button>
  );
}

/** Pieces of evidence below each other. */
export function Quotes({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <ul className="space-y-1">
      {evidence.map((one, at) => (
        <li key={at}>
          <Quote evidence={one} />
        </li>
      ))}
    </ul>
  );
}
