import { useTranslation } from "react-i18next";

/** Something is on its way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <p role="status" className="px-4 py-8 text-center text-quiet">
      {t("loading")}
    </p>
  );
}
