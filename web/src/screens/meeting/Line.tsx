import type { TFunction } from "i18next";
import { Ear, Pencil, UserPen } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Utterance } from "../../api/transcript";
import { IconButton } from "../../components/Button";
import { clock } from "../../time";
import { useDesk } from "./desk";
import { EditText } from "./EditText";
import type { Match } from "./find";
import { useFlagWords } from "./flagWords";
import { GiveSpeaker } from "./GiveSpeaker";
import { LineText } from "./LineText";
import type { Flag } from "./queries";
import { useRested } from "./rest";

/** Asked for once in each line: there are many, and they come and go fast. */
type Words = TFunction<["meeting", "common"]>;

interface LineProps {
  line: Utterance;
  row: number;
  /** Whether somebody else spoke before. */
  first: boolean;
  playing: boolean;
  /** The word that plays; -1 where none does. */
  word: number;
  chosen: boolean;
  matches: Match[];
  /** The match that was gone to, where it is in this line. */
  match: Match | undefined;
  flags: Flag[];
  editing: "text" | "speaker" | undefined;
}

/** A line: when, who, and what was said. */
export const Line = memo(function Line(props: LineProps) {
  const { line, row, first, playing, chosen, flags, editing } = props;
  const { t } = useTranslation(["meeting", "common"]);
  const { colours, edit } = useDesk();
  const look = playing ? "bg-accent-soft" : chosen ? "bg-sunken ring-1 ring-accent" : "";
  return (
    <div className={`group relative ${first ? "pt-3" : ""}`}>
      <div className={`grid grid-cols-[3.75rem_minmax(0,1fr)] rounded-md py-1 pr-2 ${look}`}>
        <div className="flex items-start justify-end pr-2">
          {flags.length > 0 && <FlagMark flags={flags} />}
          <Time line={line} row={row} playing={playing} t={t} />
        </div>
        <div className="min-w-0 border-l-3 pl-3" style={{ borderColor: colours.get(line.speaker) }}>
          {first && <Speaker line={line} t={t} onEdit={() => edit({ row, what: "speaker" })} />}
          {editing === "text" ? <EditText line={line} row={row} /> : <LineText {...props} />}
          {editing === "speaker" && <GiveSpeaker line={line} row={row} />}
        </div>
      </div>
      {editing === undefined && <Actions row={row} first={first} chosen={chosen} t={t} />}
    </div>
  );
});

function Time({ line, row, playing, t }: { line: Utterance; row: number; playing: boolean; t: Words }) {
  const { meeting, goTo, playFrom } = useDesk();
  const { start } = line;
  const plays = start !== null && meeting.has_media;
  const label = plays ? t("common:play_from", { time: clock(start) }) : t("line", { line: line.i });
  return (
    <button
      type="button"
      data-line={row}
      aria-label={label}
      title={label}
      onClick={() => {
        goTo(row);
        if (plays) playFrom(start);
      }}
      className={`rounded px-1 text-sm leading-6 tabular-nums hover:text-accent ${playing ? "font-semibold text-accent" : "text-quiet"}`}
    >
      {start === null ? line.i : clock(start)}
    </button>
  );
}

function FlagMark({ flags }: { flags: Flag[] }) {
  const wordsOf = useFlagWords();
  const said = flags.map(wordsOf).join("\n");
  return (
    <span role="img" aria-label={said} title={said} className="mt-1 shrink-0 text-warn">
      <Ear aria-hidden className="size-4" />
    </span>
  );
}

function Speaker({ line, t, onEdit }: { line: Utterance; t: Words; onEdit: () => void }) {
  const guess = line.sure === false;
  return (
    <button
      type="button"
      onClick={onEdit}
      title={guess ? t("guess_hint") : t("edit_speaker")}
      className="block max-w-full break-words rounded text-left font-medium text-sm leading-6 hover:text-accent"
    >
      <bdi className={guess ? "italic" : ""}>{line.speaker ?? t("common:unknown_speaker")}</bdi>
      {guess && <span className="ml-1.5 font-normal text-quiet text-xs">{t("guess")}</span>}
    </button>
  );
}

/** What can be changed of a line: shown under the mouse and the focus, and where nothing hovers, on the chosen line. */
function Actions({ row, first, chosen, t }: { row: number; first: boolean; chosen: boolean; t: Words }) {
  const { edit } = useDesk();
  if (!useRested()) return null;
  return (
    <div
      className={`absolute right-1 flex rounded-md border border-line bg-raised opacity-0 focus-within:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 ${first ? "top-2" : "-top-2"} ${chosen ? "pointer-coarse:opacity-100" : "pointer-coarse:pointer-events-none"}`}
    >
      <IconButton label={t("edit_line")} onClick={() => edit({ row, what: "text" })} className="!size-8">
        <Pencil />
      </IconButton>
      <IconButton label={t("edit_speaker")} onClick={() => edit({ row, what: "speaker" })} className="!size-8">
        <UserPen />
      </IconButton>
    </div>
  );
}
