import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { useSeconds } from "../../player/Player";
import { clock } from "../../time";
import { useDesk } from "./desk";
import { type Lane, lanePath, lanesOf, lengthOf } from "./lanes";
import { waveformQuery } from "./queries";
import { Waveform } from "./Waveform";

const MOST_AT_FIRST = 6;

/** Who speaks when: how loud it was, a lane for everybody, and where it plays. */
export function Timeline({ cue }: { cue: number }) {
  const { t } = useTranslation("meeting");
  const { meeting, lines } = useDesk();
  const [all, setAll] = useState(false);
  const length = useMemo(() => lengthOf(lines, meeting.duration), [lines, meeting.duration]);
  const lanes = useMemo(() => lanesOf(lines, length), [lines, length]);
  const waveform = useQuery({ ...waveformQuery(meeting.id), enabled: meeting.has_media });
  if (length === 0 || lanes.length === 0) return null;
  const shown = all ? lanes : lanes.slice(0, MOST_AT_FIRST);
  return (
    <section aria-label={t("who_when")} className="mb-5">
      <div className="relative grid grid-cols-[var(--names)_minmax(0,1fr)] gap-y-1 [--names:6rem] sm:[--names:9rem]">
        {meeting.has_media && !waveform.isError && (
          <>
            <span />
            <div className="mb-1 h-14">
              {waveform.data && <Waveform waveform={waveform.data} lanes={lanes} length={length} />}
            </div>
          </>
        )}
        {shown.map((lane) => (
          <LaneRow key={lane.speaker ?? ""} lane={lane} length={length} />
        ))}
        <Position length={length} cue={cue} />
      </div>
      {lanes.length > MOST_AT_FIRST && (
        <Button small kind="quiet" onClick={() => setAll(!all)}>
          {all ? t("fewer_lanes") : t("more_lanes", { lanes: lanes.length - MOST_AT_FIRST })}
        </Button>
      )}
    </section>
  );
}

function LaneRow({ lane, length }: { lane: Lane; length: number }) {
  const { t } = useTranslation("common");
  const { colours } = useDesk();
  const path = useMemo(() => lanePath(lane, length), [lane, length]);
  const colour = colours.get(lane.speaker);
  return (
    <>
      <span className="flex min-w-0 items-center gap-2 pr-3 text-xs">
        <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: colour }} />
        <bdi className="truncate" title={lane.speaker ?? undefined}>
          {lane.speaker ?? t("unknown_speaker")}
        </bdi>
      </span>
      <svg
        aria-hidden="true"
        viewBox="0 0 1000 1"
        preserveAspectRatio="none"
        className="my-1 h-2.5 w-full rounded-sm bg-sunken"
      >
        <path d={path} style={{ fill: colour }} />
      </svg>
    </>
  );
}

/** Where it plays, over all lanes; a place that is clicked or moved to is played from. */
function Position({ length, cue }: { length: number; cue: number }) {
  const { t } = useTranslation("meeting");
  const { meeting, playFrom } = useDesk();
  const seconds = Math.min(useSeconds(meeting.id) ?? cue, length);
  return (
    <>
      <input
        type="range"
        aria-label={meeting.has_media ? t("play_place") : t("show_place")}
        aria-valuetext={clock(seconds)}
        min={0}
        max={length}
        step={length > 600 ? 5 : 1}
        value={seconds}
        onChange={(event) => playFrom(Number(event.target.value))}
        className="peer absolute inset-y-0 left-(--names) z-10 m-0 h-full w-[calc(100%-var(--names))] cursor-pointer appearance-none opacity-0 [&::-moz-range-thumb]:w-px [&::-moz-range-thumb]:border-0 [&::-webkit-slider-thumb]:w-px [&::-webkit-slider-thumb]:appearance-none"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-0 left-(--names) rounded-sm outline-accent peer-focus-visible:outline-2"
      >
        <span className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: `${(seconds / length) * 100}%` }} />
      </span>
    </>
  );
}
