import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";

/** Says that a project is private. */
export function PrivateMark() {
  const { t } = useTranslation(["common", "project"]);
  return (
    <span
      title={t("project:private_hint")}
      className="inline-flex items-center gap-1 rounded-full bg-accent-soft px-2 py-0.5 text-xs"
    >
      <Lock aria-hidden className="size-3" />
      {t("private")}
    </span>
  );
}
