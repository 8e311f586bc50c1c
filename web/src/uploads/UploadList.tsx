import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { Section } from "../components/Section";
import { UploadRow } from "./UploadRow";
import { useQueue, useUploads } from "./Uploads";
import { isOpen } from "./upload";

/** The uploads of this page. */
export function UploadList() {
  const { t } = useTranslation("uploads");
  const queue = useQueue();
  const uploads = useUploads();
  const counted = (state: string) => uploads.filter((upload) => upload.state === state).length;
  const [done, refused] = [counted("done"), counted("refused")];
  return (
    <>
      {uploads.length > 0 && (
        <Section
          title={t("title")}
          actions={
            done > 0 && (
              <Button small kind="quiet" onClick={() => queue.clear()}>
                {t("clear_done")}
              </Button>
            )
          }
        >
          <ul className="divide-y divide-line">
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} />
            ))}
          </ul>
        </Section>
      )}
      <p role="status" className="sr-only">
        {uploads.length > 0 && t("standing", { open: uploads.filter(isOpen).length, done, refused })}
      </p>
    </>
  );
}
