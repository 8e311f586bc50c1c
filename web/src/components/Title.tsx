import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** The heading of a screen. The page is called so as well, or as `page` says. */
export function Title({ page, className, children }: { page?: string; className: string; children: string }) {
  const { t } = useTranslation();
  const name = page ?? children;
  useEffect(() => {
    document.title = `${name} · ${t("app")}`;
  }, [name, t]);
  return (
    <h1 id={TITLE} className={className}>
      <bdi>{children}</bdi>
    </h1>
  );
}

/** The id of the heading, by which the screen around it is called. */
export const TITLE = "title";
