import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/queries";
import { Button } from "../../components/Button";
import { spoken } from "../../i18n";
import { clock, day } from "../../time";
import type { Change } from "./queries";

const BECAUSE = new Map<string, "because_alias" | "because_sound" | "because_spelling">([
  ["glossary alias", "because_alias"],
  ["sounds like the glossary", "because_sound"],
  ["spelled like the glossary", "because_spelling"],
]);

/** A change in a line: the words before and after it, why, and the line as it is now, once known with its meeting. */
export function ChangeRow({
  change,
  meeting,
  busy,
  onKeep,
}: {
  change: Change;
  meeting: Meeting | undefined;
  busy: boolean;
  onKeep: () => void;
}) {
  const { t } = useTranslation("glossary");
  const { meeting_id: id, line, start, text, before, after, reason, state } = change;
  const because = BECAUSE.get(reason);
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-3 sm:flex-nowrap">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <del className="break-words text-quiet decoration-bad">
            <bdi>{before}</bdi>
          </del>
          <ins className="break-words font-medium no-underline">
            <bdi>{after}</bdi>
          </ins>
          <span className="text-quiet text-sm">{because && t(because)}</span>
          <span
            className={`rounded px-1.5 text-xs ${state === "made" ? "bg-sunken text-quiet" : "bg-warn-soft text-warn"}`}
          >
            {t(state)}
          </span>
        </p>
        <Link
          to="/meetings/$meeting"
          params={{ meeting: id }}
          search={{ line, t: start ?? undefined }}
          className="block break-words text-quiet text-sm hover:text-ink hover:underline"
        >
          {start !== null && <span className="mr-2 tabular-nums">{clock(start)}</span>}
          <bdi dir="auto">{text}</bdi>
        </Link>
        {meeting && (
          <p className="break-words text-quiet text-xs">
            <bdi>{meeting.title}</bdi> · {day(meeting.date, spoken())}
          </p>
        )}
      </div>
      {state !== "pending" && (
        <Button
          small
          kind="quiet"
          className="-ml-2.5 sm:ml-0"
          disabled={busy}
          aria-label={t("keep_words", { before })}
          onClick={onKeep}
        >
          {t("keep")}
        </Button>
      )}
    </li>
  );
}
