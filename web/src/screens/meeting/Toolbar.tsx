import { ChevronDown, ChevronUp, Ear, LocateFixed, Pause, Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../components/Button";
import { usePlayer, useSeconds } from "../../player/Player";
import { clock } from "../../time";
import { useDesk } from "./desk";
import type { Flag } from "./queries";
import type { Find } from "./useFind";

interface ToolbarProps {
  cue: number;
  playOn: () => void;
  find: Find;
  /** What deserves a listen, by line. */
  flagged: Map<number, Flag[]>;
  /** The row where the reader is. */
  active: number;
  following: boolean;
  follow: (following: boolean) => void;
}

/** What is always at hand above the lines: play, search, follow, and the next that deserves a listen. */
export function Toolbar({ cue, playOn, find, flagged, active, following, follow }: ToolbarProps) {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  return (
    <div className="sticky top-[2.8rem] z-20 -mx-4 mb-2 flex flex-wrap items-center gap-1 border-line border-b bg-page px-4 py-2 sm:mx-0 sm:px-0 lg:top-0">
      {meeting.has_media && <PlayButton cue={cue} playOn={playOn} />}
      <FindField find={find} />
      <NextFlag flagged={flagged} active={active} />
      {meeting.has_media && (
        <Button
          small
          kind="quiet"
          aria-pressed={following}
          title={t("follow_hint")}
          onClick={() => follow(!following)}
          className={following ? "!bg-accent-soft !text-ink" : ""}
        >
          <LocateFixed aria-hidden />
          <span className="sr-only sm:not-sr-only">{t("follow")}</span>
        </Button>
      )}
    </div>
  );
}

function PlayButton({ cue, playOn }: { cue: number; playOn: () => void }) {
  const { t } = useTranslation("common");
  const { meeting } = useDesk();
  const { now, playing } = usePlayer();
  const seconds = useSeconds(meeting.id) ?? cue;
  const on = playing && now?.meeting === meeting.id;
  const label = on ? t("pause") : t("play_from", { time: clock(seconds) });
  return (
    <Button small kind="accent" aria-label={label} title={label} onClick={playOn} className="tabular-nums">
      {on ? <Pause aria-hidden /> : <Play aria-hidden />}
      {clock(seconds)}
    </Button>
  );
}

function FindField({ find }: { find: Find }) {
  const { t } = useTranslation("meeting");
  const searched = find.wanted.trim() !== "";
  // where there is little room, there are no steps to take before something is searched for
  const steps = searched ? "" : "max-sm:!hidden";
  return (
    <search className="ml-1 flex min-w-0 flex-1 basis-40 items-center">
      <input
        type="search"
        aria-label={t("find")}
        placeholder={t("find")}
        value={find.wanted}
        onChange={(event) => find.search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) find.step(event.shiftKey ? -1 : 1);
          if (event.key === "Escape") find.search("");
        }}
        className="w-full min-w-0 rounded-md border border-line bg-raised px-3 py-1"
      />
      <span role="status" className="shrink-0 px-2 empty:hidden text-quiet text-sm tabular-nums">
        {searched && t("found", { at: find.at + 1, count: find.count })}
      </span>
      <IconButton label={t("previous")} className={steps} disabled={find.count === 0} onClick={() => find.step(-1)}>
        <ChevronUp />
      </IconButton>
      <IconButton label={t("next")} className={steps} disabled={find.count === 0} onClick={() => find.step(1)}>
        <ChevronDown />
      </IconButton>
    </search>
  );
}

function NextFlag({ flagged, active }: { flagged: Map<number, Flag[]>; active: number }) {
  const { t } = useTranslation("meeting");
  const { lines, goTo } = useDesk();
  if (flagged.size === 0) return null;
  const label = t("next_flag", { lines: flagged.size });
  const next = () => {
    const rows = lines.flatMap(({ i }, row) => (flagged.has(i) ? [row] : []));
    const row = rows.find((one) => one > active) ?? rows[0];
    if (row !== undefined) goTo(row);
  };
  return (
    <Button small kind="quiet" onClick={next} title={label} aria-label={label}>
      <Ear aria-hidden className="text-warn" />
      {flagged.size}
    </Button>
  );
}
