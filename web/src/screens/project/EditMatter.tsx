import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, ProblemError, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Modal } from "../../components/Modal";
import { spoken } from "../../i18n";
import { Edits } from "./Edits";
import { changeOf, draftOf } from "./fields";
import { MatterFields } from "./MatterFields";
import { MergeMatter } from "./MergeMatter";
import { historyQuery, type Matter, type MatterKind, matterQuery } from "./queries";
import { SplitMatter } from "./SplitMatter";
import { useChanged } from "./useChanged";

/** Corrects a matter, takes it out, and shows what people said of it. */
export function EditMatter({ project, id, onClose }: { project: string; id: string; onClose: () => void }) {
  const { t } = useTranslation(["project", "common"]);
  const { data, error, isFetchedAfterMount, refetch } = useQuery({
    ...matterQuery(project, id),
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
  });
  const history = useQuery(historyQuery(project, id)).data ?? [];
  const takenOut = history.some(
    (edit) => edit.operation === "remove" && edit.item_id === id && edit.undone_at === null,
  );
  const kindOf = useKindWord();
  const title = data ? t("edit_kind", { kind: kindOf(data.matter.kind) }) : t("common:edit");
  return (
    <Modal title={title} onClose={onClose}>
      {takenOut ? (
        <p role="status">{t("removed")}</p>
      ) : !isFetchedAfterMount ? (
        <Loading />
      ) : error ? (
        <Failure error={error} retry={() => refetch()} />
      ) : (
        data && (
          <Fragment key={data.tag}>
            <EditForm project={project} matter={data.matter} tag={data.tag} reload={() => refetch()} onDone={onClose} />
            <div className="mt-5 space-y-3 border-line border-t pt-4">
              <MergeMatter project={project} matter={data.matter} tag={data.tag} onDone={onClose} />
              <SplitMatter project={project} matter={data.matter} tag={data.tag} onDone={onClose} />
            </div>
          </Fragment>
        )
      )}
      {history.length > 0 && (
        <section className="mt-6 border-line border-t pt-4">
          <h3 className="mb-2 font-medium">{t("edits")}</h3>
          <Edits project={project} edits={history} />
        </section>
      )}
    </Modal>
  );
}

/** What a kind is called within a sentence. */
function useKindWord() {
  const { t } = useTranslation("ledger");
  return (kind: MatterKind) => t(`kind_${kind}`).toLocaleLowerCase(spoken());
}

function EditForm({
  project,
  matter,
  tag,
  reload,
  onDone,
}: {
  project: string;
  matter: Matter;
  tag: string | undefined;
  reload: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation(["project", "common"]);
  const kindOf = useKindWord();
  const [draft, setDraft] = useState(() => draftOf(matter));
  const change = changeOf(matter, draft);
  const changed = useChanged(project);
  const asSeen = { path: { item_id: matter.id }, header: { "If-Match": tag } };
  const saving = useMutation({
    mutationFn: () => unwrap(client.PATCH("/api/v1/items/{item_id}", { params: asSeen, body: change })),
    onSuccess: onDone,
    onSettled: changed,
  });
  const removing = useMutation({
    mutationFn: () => unwrap(client.DELETE("/api/v1/items/{item_id}", { params: asSeen })),
    onSettled: changed,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const busy = saving.isPending || removing.isPending;
  const error = saving.error ?? removing.error;
  return (
    <form onSubmit={submit} className="space-y-4">
      <MatterFields kind={matter.kind} stands={matter.status} draft={draft} onDraft={setDraft} />
      <p className="text-quiet text-sm">{t("quotes_stay")}</p>
      {error && <Failure error={error} retry={isOutdated(error) ? reload : undefined} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button kind="danger" disabled={busy} onClick={() => removing.mutate()} className="mr-auto">
          {t("not_one", { kind: kindOf(matter.kind) })}
        </Button>
        <Button kind="accent" type="submit" disabled={busy || Object.keys(change).length === 0}>
          {t("common:save")}
        </Button>
      </div>
    </form>
  );
}

/** Whether something was refused since the matter is not what was seen any more. */
const isOutdated = (error: Error) => error instanceof ProblemError && error.status === 412;
