import { useTranslation } from "react-i18next";
import { Section } from "../../components/Section";
import { Citations } from "../project/Citations";
import { Few } from "./Few";
import type { Comparison } from "./queries";

type Claim = Comparison["summary"][number];
const FEW = 3;

/** What changed in sentences, each with its evidence. */
export function Summary({ claims }: { claims: readonly Claim[] }) {
  const { t } = useTranslation("compare");
  if (claims.length === 0) return null;
  return (
    <Section title={t("summary")} lead={t("summary_lead")}>
      <Few all={claims} few={FEW} className="space-y-4">
        {(claim, at) => (
          <li key={at}>
            <Sentence claim={claim} />
          </li>
        )}
      </Few>
    </Section>
  );
}

function Sentence({ claim }: { claim: Claim }) {
  const { t } = useTranslation("compare");
  return (
    <>
      <p className="mb-1 break-words">
        <bdi>{claim.text}</bdi>
        {claim.verdict !== "supported" && <span className="ml-2 text-sm text-warn">{t(claim.verdict)}</span>}
      </p>
      <Citations evidence={claim.evidence} />
    </>
  );
}
