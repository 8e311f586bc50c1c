import { useTranslation } from "react-i18next";
import { ProgressBar } from "../../components/ProgressBar";
import { lasting } from "../../time";
import { STEPS, type Stage } from "./stages";

/** Where a job stands; `seconds` is the time left, where it is known. */
interface Work {
  stage: Stage;
  progress: number;
  seconds: number | null;
}

/** Where a job stands, in words: the step, its share, the time left. */
export function useStageWords({ stage, progress, seconds }: Work): string {
  const { t, i18n } = useTranslation("jobs");
  const step = stepOf(stage);
  const name = t(`stage_${stage}`);
  const said = [step === 0 ? name : t("step", { step, steps: STEPS.length, stage: name })];
  if (progress > 0) said.push(`${Math.round(progress * 100)}%`);
  if (seconds !== null) said.push(t("time_left", { time: lasting(seconds, i18n.language) }));
  return said.join(" · ");
}

/** Where a meeting's job stands while it is under way. */
export function StageProgress({ title, ...work }: Work & { title: string }) {
  const { t } = useTranslation("jobs");
  const { stage, progress } = work;
  const words = useStageWords(work);
  return (
    <div className="mt-1 max-w-md">
      <p className="mb-1 text-quiet text-sm tabular-nums">{words}</p>
      {stepOf(stage) > 0 && <ProgressBar label={t("progress_of", { title })} share={progress} />}
    </div>
  );
}

/** Which of the steps a stage is, from 1; 0 for one that is none. */
const stepOf = (stage: Stage) => STEPS.indexOf(stage) + 1;
