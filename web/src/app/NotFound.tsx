import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../components/Empty";

/** An address that no screen has. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty title={t("not_found")}>
      <Link to="/" className="text-accent underline">
        {t("go_home")}
      </Link>
    </Empty>
  );
}
