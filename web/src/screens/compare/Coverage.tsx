import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Comparison, unread } from "./queries";

/** What was read for the comparison, and what a reader has to know of it. */
export function Coverage({ comparison: { coverage, notes } }: { comparison: Comparison }) {
  const { t } = useTranslation("compare");
  const waiting = unread(coverage);
  return (
    <div className="mt-4 space-y-1 break-words text-quiet text-sm">
      <p role="status">
        {t("read_of", { read: coverage.read, total: coverage.in_scope })}
        {waiting > 0 && ` · ${t("still_reading", { n: waiting })}`}
      </p>
      {coverage.failed.length > 0 && (
        <p className="text-warn">
          {t("not_readable")}{" "}
          {coverage.failed.map((meeting) => (
            <Link key={meeting} to="/meetings/$meeting" params={{ meeting }} className="mr-2 underline">
              {meeting}
            </Link>
          ))}
        </p>
      )}
      {notes.map((note) => (
        <p key={note} dir="auto">
          {note}
        </p>
      ))}
    </div>
  );
}
