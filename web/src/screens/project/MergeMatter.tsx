import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { SearchedChoice } from "../../components/SearchedChoice";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { Folded } from "./Folded";
import { type Matter, mattersQuery } from "./queries";
import { useChanged } from "./useChanged";

interface MergeProps {
  project: string;
  matter: Matter;
  /** What the matter was when it was seen. */
  tag: string | undefined;
  onDone: () => void;
}

/** Says, under a fold, that a matter is the same as another of the project. */
export function MergeMatter(props: MergeProps) {
  const { t } = useTranslation("project");
  return (
    <Folded title={t("merge")}>
      <MergeForm {...props} />
    </Folded>
  );
}

function MergeForm({ project, matter, tag, onDone }: MergeProps) {
  const { t } = useTranslation(["project", "ledger"]);
  const { data = [], error } = useQuery(mattersQuery(project, {}));
  const [other, choose] = useState<string | null>(null);
  const changed = useChanged(project);
  const merging = useMutation({
    mutationFn: (same: string) =>
      unwrap(
        client.POST("/api/v1/items/{item_id}/merge", {
          params: { path: { item_id: matter.id }, header: { "If-Match": tag } },
          body: { with: same },
        }),
      ),
    onSuccess: onDone,
    onSettled: changed,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (other !== null) merging.mutate(other);
  };
  const ofKind = (same: boolean) => data.filter(({ kind }) => (kind === matter.kind) === same);
  const options = [...ofKind(true), ...ofKind(false)]
    .filter(({ id }) => id !== matter.id)
    .map(({ id, kind, name, text, date }) => ({
      id,
      text: name === null ? text : `${name} · ${text}`,
      note: `${t(`ledger:kind_${kind}`)} · ${day(date, spoken())}`,
    }));
  const failed = error ?? merging.error;
  return (
    <form onSubmit={submit} className="space-y-3">
      <SearchedChoice label={t("merge_with")} options={options} chosen={other} onChoose={choose} />
      {failed && <Failure error={failed} />}
      <Button type="submit" disabled={other === null || merging.isPending}>
        {t("merge_go")}
      </Button>
    </form>
  );
}
