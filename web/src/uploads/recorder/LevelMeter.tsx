import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useRecorder } from "../Uploads";

/** How loud the microphone hears. It is drawn without a render for each of its many changes. */
export function LevelMeter() {
  const { t } = useTranslation("uploads");
  const recorder = useRecorder();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      if (bar.current !== null) bar.current.style.transform = `scaleX(${recorder.level()})`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [recorder]);
  return (
    <div role="img" aria-label={t("level")} className="h-2 w-40 max-w-full overflow-hidden rounded-full bg-line">
      <div ref={bar} className="h-full origin-left bg-good" />
    </div>
  );
}
