import { CircleAlert, CircleCheck, CircleSlash, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import type { Answer } from "./attempt";
import { Marks } from "./Mark";

type Verdict = Schemas["Verdict"];
type Claim = Schemas["ClaimDocument"];

const LOOKS: Record<Verdict, { icon: LucideIcon; colour: string }> = {
  supported: { icon: CircleCheck, colour: "text-good" },
  weak: { icon: CircleAlert, colour: "text-warn" },
  removed: { icon: CircleSlash, colour: "text-bad" },
};
const VERDICTS: Verdict[] = ["supported", "weak", "removed"];

/** What checking found, in numbers: how many statements stand, stand in part, or were taken out. */
export function VerdictCounts({ claims }: { claims: readonly Claim[] }) {
  const { t } = useTranslation("ask");
  const counted = VERDICTS.map((verdict) => ({
    verdict,
    number: claims.filter((claim) => claim.verdict === verdict).length,
  }));
  return counted
    .filter(({ number }) => number > 0)
    .map(({ verdict, number }) => {
      const { icon: Icon, colour } = LOOKS[verdict];
      return (
        <span key={verdict} className="inline-flex items-center gap-1">
          <Icon aria-hidden className={`size-3.5 ${colour}`} />
          {t("verdict_count", { verdict: t(verdict), number })}
        </span>
      );
    });
}

/** Statements with what checking found of each, and why. */
export function ClaimList({ claims, citations }: { claims: readonly Claim[]; citations: Answer["citations"] }) {
  return (
    <ul className="space-y-2">
      {claims.map((claim, at) => (
        <li key={at} className="flex gap-2">
          <VerdictIcon verdict={claim.verdict} />
          <div className="min-w-0">
            <p dir="auto" className={`break-words ${claim.verdict === "removed" ? "text-quiet line-through" : ""}`}>
              {claim.text} <Marks numbers={claim.citations} citations={citations} />
            </p>
            <Finding claim={claim} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function VerdictIcon({ verdict }: { verdict: Verdict }) {
  const { icon: Icon, colour } = LOOKS[verdict];
  return <Icon aria-hidden className={`mt-1 size-4 shrink-0 ${colour}`} />;
}

function Finding({ claim }: { claim: Claim }) {
  const { t } = useTranslation("ask");
  const reason = useReason(claim.reason);
  return <p className="break-words text-quiet text-sm">{[t(claim.verdict), reason].filter(Boolean).join(" · ")}</p>;
}

/** Why a statement was judged so; the server's usual reasons have words here, others are its own. */
function useReason(reason: string): string {
  const { t } = useTranslation("ask");
  const known: Record<string, string> = {
    verbatim: t("reason_verbatim"),
    "read off the lines": t("reason_read_off"),
    "from the ledger": t("reason_ledger"),
  };
  return known[reason] ?? reason;
}
