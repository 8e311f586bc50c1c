import { Pause, Play, RotateCcw, RotateCw, X } from "lucide-react";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/Button";
import { clock } from "../time";

/** What plays: a meeting's recording. */
export interface Playing {
  meeting: string;
  title: string;
}

export interface Player {
  now: Playing | null;
  playing: boolean;
  /** Play a meeting's recording from these seconds on. */
  play: (what: Playing, seconds: number) => void;
  /** Play on, or pause. */
  toggle: () => void;
  /** Go to these seconds. */
  seek: (seconds: number) => void;
  close: () => void;
  /** The element that plays, for what draws along with it. */
  audio: HTMLAudioElement;
}

const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;
const Context = createContext<Player | null>(null);

/** The player of the app: there is one, and it goes on from screen to screen. */
export function usePlayer(): Player {
  const player = useContext(Context);
  if (player === null) throw new Error("there is no player around this");
  return player;
}

/** Where a meeting's recording is. */
export const mediaUrl = (meeting: string) => `/api/v1/meetings/${encodeURIComponent(meeting)}/media`;

/** The seconds that play now, for a meeting; null while another one plays, or none. */
export function useSeconds(meeting: string): number | null {
  const { audio, now } = usePlayer();
  const here = now?.meeting === meeting;
  const subscribe = useCallback(
    (changed: () => void) => {
      if (!here) return () => undefined;
      for (const event of ["timeupdate", "seeking"]) audio.addEventListener(event, changed);
      return () => {
        for (const event of ["timeupdate", "seeking"]) audio.removeEventListener(event, changed);
      };
    },
    [audio, here],
  );
  return useSyncExternalStore(subscribe, () => (here ? audio.currentTime : null));
}

export function PlayerProvider({ children }: { children: ReactNode }) {
  const [audio] = useState(() => new Audio());
  const [now, setNow] = useState<Playing | null>(null);
  const [playing, setPlaying] = useState(false);
  const [broken, setBroken] = useState(false);
  const wanted = useRef<number | null>(null);

  useEffect(() => {
    audio.preload = "metadata";
    const on = {
      play: () => setPlaying(true),
      pause: () => setPlaying(false),
      ended: () => setPlaying(false),
      error: () => setBroken(true),
      // a place can be gone to only once the recording's length is known
      loadedmetadata: () => {
        if (wanted.current !== null) audio.currentTime = wanted.current;
        wanted.current = null;
      },
    };
    for (const [event, heard] of Object.entries(on)) audio.addEventListener(event, heard);
    return () => {
      audio.pause();
      for (const [event, heard] of Object.entries(on)) audio.removeEventListener(event, heard);
    };
  }, [audio]);

  const player = useMemo<Player>(() => {
    const seek = (seconds: number) => {
      if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) audio.currentTime = seconds;
      else wanted.current = seconds;
    };
    return {
      now,
      playing,
      audio,
      seek,
      play: (what, seconds) => {
        if (now?.meeting !== what.meeting) {
          setBroken(false);
          audio.src = mediaUrl(what.meeting);
        }
        setNow(what);
        seek(seconds);
        audio.play().catch(() => undefined); // what cannot be played tells so by its error event
      },
      toggle: () => {
        if (audio.paused) audio.play().catch(() => undefined);
        else audio.pause();
      },
      close: () => {
        audio.pause();
        audio.removeAttribute("src");
        setNow(null);
      },
    };
  }, [audio, now, playing]);

  return (
    <Context.Provider value={player}>
      {children}
      {now !== null && <Bar now={now} broken={broken} />}
    </Context.Provider>
  );
}

function Bar({ now, broken }: { now: Playing; broken: boolean }) {
  const { t } = useTranslation();
  const { audio, playing, toggle, seek, close } = usePlayer();
  const seconds = useSeconds(now.meeting) ?? 0;
  const length = Number.isFinite(audio.duration) ? audio.duration : 0;
  return (
    <section
      aria-label={t("player")}
      className="fixed inset-x-0 bottom-0 z-40 flex items-center gap-1 border-line border-t bg-raised px-3 py-2 shadow-lg"
    >
      <IconButton label={t("back_5")} onClick={() => seek(Math.max(0, seconds - 5))}>
        <RotateCcw />
      </IconButton>
      <IconButton label={playing ? t("pause") : t("play")} onClick={toggle} className="!text-accent">
        {playing ? <Pause /> : <Play />}
      </IconButton>
      <IconButton label={t("forward_5")} onClick={() => seek(seconds + 5)}>
        <RotateCw />
      </IconButton>
      <div className="min-w-0 flex-1 px-2">
        <p className="truncate text-sm">
          <bdi>{now.title}</bdi>
          <span role="status" className="text-bad">
            {broken && ` ${t("cannot_play")}`}
          </span>
        </p>
        <input
          type="range"
          aria-label={t("play_position")}
          aria-valuetext={clock(seconds)}
          min={0}
          max={length || 1}
          step={1}
          value={Math.min(seconds, length || 1)}
          onChange={(event) => seek(Number(event.target.value))}
          className="block h-1.5 w-full accent-accent"
        />
      </div>
      <span className="text-quiet text-sm tabular-nums">
        {clock(seconds)} / {clock(length)}
      </span>
      <Speed audio={audio} />
      <IconButton label={t("close")} onClick={close}>
        <X />
      </IconButton>
    </section>
  );
}

function Speed({ audio }: { audio: HTMLAudioElement }) {
  const { t } = useTranslation();
  const [rate, setRate] = useState(audio.playbackRate);
  return (
    <select
      aria-label={t("speed")}
      value={rate}
      onChange={(event) => {
        const chosen = Number(event.target.value);
        audio.defaultPlaybackRate = audio.playbackRate = chosen;
        setRate(chosen);
      }}
      className="hidden rounded-md bg-transparent px-1 py-1 text-quiet text-sm sm:block"
    >
      {SPEEDS.map((speed) => (
        <option key={speed} value={speed}>
          {speed}×
        </option>
      ))}
    </select>
  );
}
