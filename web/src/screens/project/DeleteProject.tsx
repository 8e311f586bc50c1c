import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas, unwrap } from "../../api/client";
import { projectsQuery } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { TextField } from "../../components/Field";

/** Deletes a project once its name was typed, and says before what goes with it. */
export function DeleteProject({
  project: { name, meetings },
  onDeleted,
  onClose,
}: {
  project: Schemas["ProjectDocument"];
  onDeleted?: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("project");
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const deleting = useMutation({
    mutationFn: () => unwrap(client.DELETE("/api/v1/projects/{name}", { params: { path: { name } } })),
    onSuccess: async () => {
      onDeleted?.();
      onClose();
      await queries.invalidateQueries({ queryKey: projectsQuery.queryKey, exact: true });
      await queries.invalidateQueries({ queryKey: ["meetings"] });
    },
  });
  return (
    <Confirm
      title={t("delete_title", { name })}
      action={t("delete")}
      busy={deleting.isPending}
      ready={typed.trim() === name}
      error={deleting.error}
      onConfirm={() => deleting.mutate()}
      onClose={onClose}
    >
      <p>{t("delete_text", { n: meetings })}</p>
      <TextField
        label={t("delete_type")}
        value={typed}
        autoComplete="off"
        dir="auto"
        onChange={(event) => setTyped(event.target.value)}
      />
    </Confirm>
  );
}
