import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";

/** The first of many, and a button that shows more of them; null when all are shown. */
export function useGrowing<T>(all: readonly T[], step: number) {
  const { t } = useTranslation("project");
  const [most, setMost] = useState(step);
  const more =
    all.length > most ? (
      <Button small kind="quiet" className="mt-2" onClick={() => setMost(most + step)}>
        {t("show_more")} ({all.length - most})
      </Button>
    ) : null;
  return { shown: all.slice(0, most), more };
}
