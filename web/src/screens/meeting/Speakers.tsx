import { UserPen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../components/Button";
import { useDesk } from "./desk";

/** The names of a transcript that has no voices, each with a way to change it. */
export function Speakers() {
  const { t } = useTranslation(["meeting", "common"]);
  const { lines, colours, goTo, edit } = useDesk();
  const said = Map.groupBy(lines.keys(), (row) => lines[row]?.speaker ?? null);
  return (
    <>
      <p className="mb-2 text-quiet text-sm">{t("speakers_hint")}</p>
      <ul className="space-y-1">
        {[...said].map(([speaker, [row = 0, ...others]]) => (
          <li key={speaker ?? ""} className="flex items-center gap-2">
            <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: colours.get(speaker) }} />
            <bdi className="min-w-0 break-words">{speaker ?? t("common:unknown_speaker")}</bdi>
            <span className="ml-auto shrink-0 text-quiet text-sm">{t("lines", { lines: others.length + 1 })}</span>
            <IconButton
              label={t("rename", { name: speaker ?? t("common:unknown_speaker") })}
              onClick={() => {
                goTo(row);
                edit({ row, what: "speaker" });
              }}
            >
              <UserPen />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  );
}
