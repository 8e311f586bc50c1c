import { Check, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";

const SHOWN_MS = 2_000;

/** Copies a text, and says for a moment whether that worked. */
export function CopyButton({ label, icon: Icon, text }: { label: string; icon: LucideIcon; text: () => string }) {
  const { t } = useTranslation(["ask", "common"]);
  const [said, setSaid] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (said === null) return;
    const later = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(later);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => setSaid("copied"),
      () => setSaid("failed"),
    );
  return (
    <Button small kind="quiet" onClick={copy}>
      {said === "copied" ? <Check aria-hidden /> : <Icon aria-hidden />}
      <span aria-live="polite">
        {said === "copied" ? t("common:copied") : said === "failed" ? t("copy_failed") : label}
      </span>
    </Button>
  );
}
