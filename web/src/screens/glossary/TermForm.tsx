import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { ChoiceField, TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";
import { deleteTerm, GLOSSARY, putTerm, type Term } from "./queries";
import { aliasesOf, isKind, KINDS } from "./terms";

const LONGEST = 200;

/** Writes a new term, or changes one. A shared term stays shared. */
export function TermForm({
  project,
  term,
  onClose,
}: {
  project: string | undefined;
  term: Term | null;
  onClose: () => void;
}) {
  const { t } = useTranslation(["glossary", "common"]);
  const queries = useQueryClient();
  const [canonical, setCanonical] = useState(term?.canonical ?? "");
  const [aliases, setAliases] = useState(term?.aliases.join(t("comma")) ?? "");
  const [kind, setKind] = useState(term?.kind ?? "term");
  const saving = useMutation({
    mutationFn: async () => {
      const written = { canonical: canonical.trim(), aliases: aliasesOf(aliases), kind };
      await putTerm({ project: term ? term.project : project, ...written });
      // a term is known by its spelling: under another one, the one before would stay beside it
      if (term && term.canonical !== written.canonical) await deleteTerm(term.id);
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: GLOSSARY }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <Modal title={term ? t("edit_title") : t("add")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <TextField
          label={t("canonical")}
          value={canonical}
          maxLength={LONGEST}
          required
          dir="auto"
          onChange={(event) => setCanonical(event.target.value)}
        />
        <TextField
          label={t("aliases")}
          hint={t("aliases_hint")}
          value={aliases}
          dir="auto"
          onChange={(event) => setAliases(event.target.value)}
        />
        <ChoiceField label={t("kind")} value={kind} onChange={(event) => setKind(event.target.value)}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`kind_${one}`)}
            </option>
          ))}
          {!isKind(kind) && <option value={kind}>{kind}</option>}
        </ChoiceField>
        {saving.isError && <Failure error={saving.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="accent" type="submit" disabled={saving.isPending || canonical.trim() === ""}>
            {t("common:save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
