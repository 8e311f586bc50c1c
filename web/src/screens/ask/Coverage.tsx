import { useTranslation } from "react-i18next";
import type { Answer } from "./attempt";

/** How many of the meetings an answer was read from; nothing where none had to be. */
export function Coverage({ answer }: { answer: Answer }) {
  const { t } = useTranslation("ask");
  const { in_scope, searched, read, failed } = answer.coverage;
  if (in_scope === 0 && !answer.abstained) return null;
  return (
    <>
      <span>{t("coverage_read", { read, in_scope })}</span>
      {searched < in_scope && <span>{t("coverage_searched", { searched })}</span>}
      {failed.length > 0 && <span className="text-warn">{t("coverage_failed", { failed: failed.length })}</span>}
    </>
  );
}
