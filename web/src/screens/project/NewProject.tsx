import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { projectsQuery } from "../../api/queries";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { TextField } from "../../components/Field";
import { Modal } from "../../components/Modal";

const LONGEST = 200;

/** Makes a project. */
export function NewProject({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["project", "common"]);
  const queries = useQueryClient();
  const { data: known = [] } = useQuery(projectsQuery);
  const [name, setName] = useState("");
  const [isPrivate, setPrivate] = useState(false);
  const written = name.trim();
  const taken = known.some((project) => project.name === written);
  const making = useMutation({
    mutationFn: () => unwrap(client.POST("/api/v1/projects", { body: { name: written, private: isPrivate } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: projectsQuery.queryKey, exact: true });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  return (
    <Modal title={t("new")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <TextField
          label={t("name")}
          hint={taken ? t("name_taken") : undefined}
          value={name}
          maxLength={LONGEST}
          required
          dir="auto"
          onChange={(event) => setName(event.target.value)}
        />
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            checked={isPrivate}
            onChange={(event) => setPrivate(event.target.checked)}
            className="mt-1 size-4 accent-accent"
          />
          <span>
            {t("common:private")}
            <span className="block text-quiet text-sm">{t("private_hint")}</span>
          </span>
        </label>
        {making.isError && <Failure error={making.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("common:cancel")}</Button>
          <Button kind="accent" type="submit" disabled={making.isPending || written === "" || taken}>
            {t("make")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
