import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { type Person, renamePerson } from "./queries";
import { usePeopleChange } from "./usePeopleChange";

/** Writes another name for a person. */
export function RenamePerson({
  person,
  onUpdated,
  onClose,
}: {
  person: Person;
  onUpdated: (meetings: number) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(["people", "common"]);
  const [name, setName] = useState(person.name);
  const wanted = name.trim();
  const renaming = usePeopleChange(
    () => renamePerson(person.id, wanted),
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
    <Modal title={t("rename_title", { name: person.name })} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <TextField
          label={t("name")}
          hint={t("rename_hint")}
          value={name}
          required
          dir="auto"
          onChange={(event) => setName(event.target.value)}
        />
        {renaming.isError && <Failure error={renaming.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="accent" type="submit" disabled={renaming.isPending || wanted === "" || wanted === person.name}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
