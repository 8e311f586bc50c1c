import { Mic } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { ProjectField } from "../ProjectField";
import { useRecorder, useRecorderState } from "../Uploads";

/** Asks what will be recorded, and for the microphone. Closes once the recording runs. */
export function NewRecording({ project, onClose }: { project: string; onClose: () => void }) {
  const { t } = useTranslation("uploads");
  const recorder = useRecorder();
  const state = useRecorderState();
  const [title, setTitle] = useState("");
  const [to, setTo] = useState(project);
  const isRunning = "recording" in state;
  useEffect(() => {
    if (isRunning) onClose();
  }, [isRunning, onClose]);
  const start = (event: FormEvent) => {
    event.preventDefault();
    void recorder.start({ title: title.trim(), project: to.trim() });
  };
  return (
    <Modal title={t("record_title")} onClose={onClose}>
      <form onSubmit={start} className="space-y-4">
        <ProjectField project={to} onChange={setTo} />
        <TextField
          label={t("meeting_title")}
          hint={t("meeting_title_hint")}
          maxLength={150}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        {state.phase === "asking" && (
          <p role="status" className="text-quiet">
            {t("asking")}
          </p>
        )}
        {state.phase === "idle" && state.trouble !== null && (
          <div role="alert" className="rounded-lg bg-bad-soft px-4 py-3">
            <p className="font-medium text-bad">{t(`trouble_${state.trouble}`)}</p>
            <p className="text-quiet text-sm">{t(`trouble_${state.trouble}_hint`)}</p>
          </div>
        )}
        <div className="flex justify-end">
          <Button type="submit" kind="accent" disabled={to.trim() === "" || state.phase === "asking"}>
            <Mic aria-hidden />
            {t("begin")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
