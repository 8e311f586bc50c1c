import { useTranslation } from "react-i18next";
import { ProgressBar } from "../../components/ProgressBar";
import { lasting } from "../../time";
import { STEPS, type Stage } from "./stages";

/** Where a meeting's job stands while it is under way; `seconds` is the time left, where it is known. */
export function StageProgress({
  title,
  stage,
  progress,
  seconds,
}: {
  title: string;
  stage: Stage;
  progress: number;
  seconds: number | null;
}) {
  const { t, i18n } = useTranslation("jobs");
  const step = STEPS.indexOf(stage) + 1;
  const name = t(`stage_${stage}`);
  const said = [step === 0 ? name : t("step", { step, steps: STEPS.length, stage: name })];
  if (progress > 0) said.push(`${Math.round(progress * 100)}%`);
  if (seconds !== null) said.push(t("time_left", { time: lasting(seconds, i18n.language) }));
  return (
    <div className="mt-1 max-w-md">
      <p className="mb-1 text-quiet text-sm tabular-nums">{said.join(" · ")}</p>
      {step > 0 && <ProgressBar label={t("progress_of", { title })} share={progress} />}
    </div>
  );
}
