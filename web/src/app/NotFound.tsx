import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Screen } from "../components/Screen";

/** An address that no screen has. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Screen title={t("not_found")}>
      <Link to="/" className="text-accent underline">
        {t("go_home")}
      </Link>
    </Screen>
  );
}
