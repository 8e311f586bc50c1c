import { useTranslation } from "react-i18next";
import { Coded } from "../../components/Coded";

interface Reasons {
  error: string | null;
  hint: string | null;
  /** Whether a person stopped it. */
  cancelled?: boolean;
}

/** Why something failed, and what to do. */
export function Reason({ error, hint, cancelled = false }: Reasons) {
  const { t } = useTranslation("jobs");
  if (cancelled) return <p className="text-quiet text-sm">{t("cancelled")}</p>;
  return (
    <>
      {error && <p className="break-words text-bad text-sm">{error}</p>}
      {hint && (
        <p className="break-words text-quiet text-sm">
          <Coded>{hint}</Coded>
        </p>
      )}
    </>
  );
}
