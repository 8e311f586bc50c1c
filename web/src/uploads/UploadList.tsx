import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { Section } from "../components/Section";
import { UploadRow } from "./UploadRow";
import { useQueue, useUploads } from "./Uploads";

/** The uploads of this page. */
export function UploadList() {
  const { t } = useTranslation("uploads");
  const queue = useQueue();
  const uploads = useUploads();
  if (uploads.length === 0) return null;
  return (
    <Section
      title={t("title")}
      actions={
        uploads.some(({ state }) => state === "done") && (
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
  );
}
