import { Pause, Play, Square, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { TextField } from "../../components/Field";
import { clock } from "../../time";
import { useRecorder, useRecorderState } from "../Uploads";
import { useNow } from "../useNow";
import { LevelMeter } from "./LevelMeter";
import { elapsed, type UnderWay } from "./recorder";

/** The recording of the microphone that is under way: how long and how loud it is, and what can be done with it. */
export function RecorderPanel() {
  const { t } = useTranslation("uploads");
  const state = useRecorderState();
  if (!("recording" in state)) return null;
  return (
    <section aria-label={t("record_title")} className="mb-8 rounded-xl border border-line bg-raised p-5">
      <p className="mb-2 break-words text-quiet text-sm">
        <bdi>{state.recording.project}</bdi>
      </p>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <p className="flex items-baseline gap-3">
          <span className={state.phase === "recording" ? "text-bad" : "text-quiet"}>{t(state.phase)}</span>
          <Elapsed state={state} />
        </p>
        <LevelMeter />
        <Controls phase={state.phase} />
      </div>
      <Described state={state} />
      <p role="status" className={`mt-3 text-sm ${state.isKept ? "text-quiet" : "text-bad"}`}>
        {t(state.isKept ? "safe" : "unsafe")}
      </p>
    </section>
  );
}

function Elapsed({ state }: { state: UnderWay }) {
  const now = useNow(state.since !== null);
  return <span className="font-semibold text-2xl tabular-nums">{clock(elapsed(state, now))}</span>;
}

function Controls({ phase }: { phase: UnderWay["phase"] }) {
  const { t } = useTranslation("uploads");
  const recorder = useRecorder();
  const [isAsking, setIsAsking] = useState(false);
  const isPaused = phase === "paused";
  return (
    <div className="flex flex-wrap gap-2">
      <Button disabled={phase === "ending"} onClick={() => (isPaused ? recorder.resume() : recorder.pause())}>
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {t(isPaused ? "resume_recording" : "pause_recording")}
      </Button>
      <Button kind="accent" disabled={phase === "ending"} onClick={() => recorder.stop()}>
        <Square aria-hidden />
        {t("stop_recording")}
      </Button>
      <Button kind="danger" disabled={phase === "ending"} onClick={() => setIsAsking(true)}>
        <Trash2 aria-hidden />
        {t("discard_recording")}
      </Button>
      {isAsking && (
        <Confirm
          title={t("discard_recording_ask")}
          action={t("discard_recording")}
          onConfirm={() => {
            setIsAsking(false);
            recorder.discard();
          }}
          onClose={() => setIsAsking(false)}
        >
          <p>{t("discard_recording_hint")}</p>
        </Confirm>
      )}
    </div>
  );
}

function Described({ state: { recording, phase } }: { state: UnderWay }) {
  const { t } = useTranslation("uploads");
  const recorder = useRecorder();
  return (
    <div className="mt-4 max-w-md">
      <TextField
        label={t("meeting_title")}
        maxLength={150}
        disabled={phase === "ending"}
        value={recording.title}
        onChange={(event) => void recorder.rename(event.target.value)}
      />
    </div>
  );
}
