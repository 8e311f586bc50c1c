import { useTranslation } from "react-i18next";
import { Coded } from "../../components/Coded";

/** What the server says of a job that a person stopped. */
const CANCELLED = "cancelled";

/** Why something failed, and what to do. */
export function Reason({ error, hint }: { error: string | null; hint: string | null }) {
  const { t } = useTranslation("jobs");
  if (error === CANCELLED) return <p className="text-quiet text-sm">{t("cancelled")}</p>;
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
