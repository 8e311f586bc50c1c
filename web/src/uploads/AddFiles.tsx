import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/Button";
import { ChoiceField } from "../components/Field";
import { Modal } from "../components/Modal";
import { ChosenFile } from "./ChosenFile";
import { ProjectField } from "./ProjectField";
import { useQueue } from "./Uploads";
import { largestQuery, unfit } from "./unfit";
import type { Wish } from "./upload";

const LANGUAGES = ["auto", "zh", "en"] as const;

/** Asks where chosen files go, shows how they will be taken, and uploads them. */
export function AddFiles({ files, project, onClose }: { files: File[]; project: string; onClose: () => void }) {
  const { t } = useTranslation("uploads");
  const queue = useQueue();
  const [chosen, setChosen] = useState<readonly Pick<Wish, "file" | "date">[]>(() => files.map((file) => ({ file })));
  const [to, setTo] = useState(project);
  const [language, setLanguage] = useState<string>(LANGUAGES[0]);
  const { data: largest } = useQuery(largestQuery);
  const fitting = chosen.filter(({ file }) => unfit(file, largest) === null);
  const upload = (event: FormEvent) => {
    event.preventDefault();
    queue.add(fitting.map((one) => ({ ...one, project: to.trim(), language })));
    onClose();
  };
  const redate = (file: File, date: string) =>
    setChosen(chosen.map((one) => (one.file === file ? { file, date: date || undefined } : one)));
  return (
    <Modal title={t("add_files")} onClose={onClose}>
      <form onSubmit={upload} className="space-y-4">
        <ProjectField project={to} onChange={setTo} />
        <ChoiceField label={t("language")} value={language} onChange={(event) => setLanguage(event.target.value)}>
          {LANGUAGES.map((one) => (
            <option key={one} value={one}>
              {t(`language_${one}`)}
            </option>
          ))}
        </ChoiceField>
        <ul
          aria-label={t("files_to_add")}
          className="max-h-[40dvh] divide-y divide-line overflow-y-auto border-line border-y"
        >
          {chosen.map(({ file, date }, at) => (
            <ChosenFile
              key={at}
              file={file}
              date={date}
              largest={largest}
              onDate={(given) => redate(file, given)}
              onLeaveOut={() => setChosen(chosen.filter((one) => one.file !== file))}
            />
          ))}
        </ul>
        <div className="flex justify-end">
          <Button type="submit" kind="accent" disabled={fitting.length === 0 || to.trim() === ""}>
            {t("start", { files: fitting.length })}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
