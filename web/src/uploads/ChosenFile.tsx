import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/Button";
import { bytes } from "./bytes";
import { dated } from "./dated";
import { unfit } from "./unfit";

/**
 * A file that was chosen: its size, and the date that its meeting gets, as it will be taken or as it was given; or why
 * it is not sent.
 */
export function ChosenFile({
  file,
  date,
  largest,
  onDate,
  onLeaveOut,
}: {
  file: File;
  date: string | undefined;
  /** The most bytes that a file may have, once that is known. */
  largest: number | undefined;
  onDate: (date: string) => void;
  onLeaveOut: () => void;
}) {
  const { t, i18n } = useTranslation("uploads");
  const why = unfit(file, largest);
  return (
    <li className="flex items-start gap-2 py-3">
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <bdi>{file.name}</bdi> <span className="text-quiet text-sm">· {bytes(file.size, i18n.language)}</span>
        </p>
        {why === null ? (
          <DateOf file={file} date={date} onDate={onDate} />
        ) : (
          <p className="mt-1 break-words text-bad text-sm">
            {t(`unfit_${why}`, { largest: bytes(largest ?? 0, i18n.language) })}
          </p>
        )}
      </div>
      <IconButton label={t("leave_out", { name: file.name })} onClick={onLeaveOut}>
        <X />
      </IconButton>
    </li>
  );
}

function DateOf({ file, date, onDate }: { file: File; date: string | undefined; onDate: (date: string) => void }) {
  const { t } = useTranslation("uploads");
  const taken = dated(file);
  return (
    <p className="mt-1 flex flex-wrap items-center gap-2 text-quiet text-sm">
      <input
        type="date"
        aria-label={t("date_of", { name: file.name })}
        value={date ?? taken.day}
        onChange={(event) => onDate(event.target.value)}
        className="rounded-md border border-line bg-raised px-2 py-1 text-ink"
      />
      {date === undefined && t(taken.from === "name" ? "from_name" : "from_time")}
    </p>
  );
}
