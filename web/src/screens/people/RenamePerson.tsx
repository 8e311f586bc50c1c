import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { renameSpeaker } from "./queries";
import { usePeopleChange } from "./usePeopleChange";

/** Writes another name for somebody of a project. */
export function RenamePerson({
  project,
  person,
  onUpdated,
  onClose,
}: {
  project: string;
  /** What they are called now. */
  person: string;
  onUpdated: (meetings: number) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(["people", "common"]);
  const [name, setName] = useState(person);
  const wanted = name.trim();
  const renaming = usePeopleChange(
    () => renameSpeaker({ project, name: person, new_name: wanted }),
    (meetings) => {
      onClose();
      onUpdated(meetings);
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    renaming.mutate();
  };
  return (
    <Modal title={t("rename_title", { name: person })} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <TextField
          label={t("name")}
          hint={t("rename_hint")}
          value={name}
          required
          maxLength={80}
          dir="auto"
          onChange={(event) => setName(event.target.value)}
        />
        {renaming.isError && <Failure error={renaming.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="accent" type="submit" disabled={renaming.isPending || wanted === "" || wanted === person}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
