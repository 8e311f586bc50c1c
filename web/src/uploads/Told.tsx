import { useTranslation } from "react-i18next";
import { useRecorderState, useUploads } from "./Uploads";
import { isOpen } from "./upload";

/** How recording and uploads stand, for those who do not see it, whatever screen is shown. */
export function Told() {
  const { t } = useTranslation("uploads");
  const { phase } = useRecorderState();
  const uploads = useUploads();
  const counted = (state: string) => uploads.filter((upload) => upload.state === state).length;
  return (
    <>
      <p role="status" className="sr-only">
        {phase !== "idle" && t(phase)}
      </p>
      <p role="status" className="sr-only">
        {uploads.length > 0 &&
          t("standing", { open: uploads.filter(isOpen).length, done: counted("done"), refused: counted("refused") })}
      </p>
    </>
  );
}
