import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Citations } from "./Citations";
import type { DossierClaim } from "./queries";
import { Why } from "./Why";

/** A claim of a dossier with its evidence, and under a fold why it is made. */
export function Claim({ project, claim, at }: { project: string; claim: DossierClaim; at: string | undefined }) {
  const { t } = useTranslation("project");
  const [open, setOpen] = useState(false);
  const [said, why] = [useId(), useId()];
  const { meetings = 0, decisions = 0, commitments = 0 } = claim.counted;
  return (
    <>
      <p id={said} dir="auto" className="break-words">
        {claim.text}
      </p>
      {Object.keys(claim.counted).length > 0 && (
        <p className="text-quiet text-sm">{t("counted", { meetings, decisions, commitments })}</p>
      )}
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Citations evidence={claim.evidence} />
        {claim.verdict === "weak" && <span className="text-warn text-xs">{t("weak")}</span>}
        <Button
          small
          kind="quiet"
          aria-expanded={open}
          aria-controls={why}
          aria-describedby={said}
          onClick={() => setOpen(!open)}
          className="!px-1 !py-0 !text-xs"
        >
          {open ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          {t("why")}
        </Button>
      </div>
      <div id={why} className={open ? "mt-2 rounded-lg bg-sunken px-4 py-2" : undefined}>
        {open && <Why project={project} claim={claim.key} at={at} />}
      </div>
    </>
  );
}
