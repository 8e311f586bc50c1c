import { Mic, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { AddFiles } from "../../uploads/AddFiles";
import { FileButton } from "../../uploads/FileButton";
import { NewRecording } from "../../uploads/recorder/NewRecording";
import { useRecorderState } from "../../uploads/Uploads";
import { useDroppedFiles } from "../../uploads/useDroppedFiles";

/** The ways in which meetings come in: files that are chosen or dropped anywhere, and the microphone. */
export function Intake({ project }: { project: string }) {
  const { t } = useTranslation("uploads");
  const [files, setFiles] = useState<File[]>([]);
  const [isRecording, setIsRecording] = useState(false);
  const { phase } = useRecorderState();
  const isOver = useDroppedFiles(setFiles);
  return (
    <>
      <Button disabled={phase !== "idle"} onClick={() => setIsRecording(true)}>
        <Mic aria-hidden />
        {t("record")}
      </Button>
      <FileButton kind="accent" multiple onFiles={setFiles}>
        <Plus aria-hidden />
        {t("add_files")}
      </FileButton>
      {files.length > 0 && <AddFiles files={files} project={project} onClose={() => setFiles([])} />}
      {isRecording && <NewRecording project={project} onClose={() => setIsRecording(false)} />}
      {isOver && (
        <div className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-2xl border-2 border-accent border-dashed bg-accent-soft/90 font-semibold text-xl">
          {t("drop_here")}
        </div>
      )}
    </>
  );
}
