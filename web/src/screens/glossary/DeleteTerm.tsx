import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Confirm } from "../../components/Confirm";
import { deleteTerm, GLOSSARY, type Term } from "./queries";

/** Asks whether a term is to be deleted, and tells what that means for text. */
export function DeleteTerm({ term, onClose }: { term: Term; onClose: () => void }) {
  const { t } = useTranslation(["glossary", "common"]);
  const queries = useQueryClient();
  const deleting = useMutation({
    mutationFn: () => deleteTerm(term.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: GLOSSARY });
      onClose();
    },
  });
  return (
    <Confirm
      title={t("delete_title", { term: term.canonical })}
      action={t("common:delete")}
      busy={deleting.isPending}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      {term.project === null && <p>{t("delete_shared")}</p>}
      <p>{t("delete_text")}</p>
    </Confirm>
  );
}
