import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { type Field, isField } from "./fields";
import type { Edit } from "./queries";
import { useChanged } from "./useChanged";

/** What people said, each with a way to take it back. */
export function Edits({ project, edits }: { project: string; edits: readonly Edit[] }) {
  return (
    <ul className="divide-y divide-line/60">
      {edits.map((edit, at) => (
        <li key={`${edit.id} ${edit.item_id} ${at}`} className="py-2">
          <EditEntry project={project} edit={edit} />
        </li>
      ))}
    </ul>
  );
}

function EditEntry({ project, edit }: { project: string; edit: Edit }) {
  const { t } = useTranslation(["project", "common"]);
  const changed = useChanged(project);
  const undoing = useMutation({
    mutationFn: () => unwrap(client.DELETE("/api/v1/edits/{edit_id}", { params: { path: { edit_id: edit.id } } })),
    onSettled: changed,
  });
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <span className="font-medium">{t(`op_${edit.operation}`)}</span>
        <time dateTime={edit.made_at} className="text-quiet">
          {day(edit.made_at, spoken())}
        </time>
        <Link
          to="/meetings/$meeting"
          params={{ meeting: edit.meeting_id }}
          search={{ line: edit.lines[0] }}
          className="text-accent underline"
        >
          {t("to_line")}
        </Link>
        <span className="ml-auto">
          {edit.undone_at === null ? (
            <Button small kind="quiet" disabled={undoing.isPending} onClick={() => undoing.mutate()}>
              {t("common:undo")}
            </Button>
          ) : (
            <span className="text-quiet">{t("undone")}</span>
          )}
        </span>
      </div>
      <EditedFields edit={edit} />
      {edit.undone_at === null && !edit.applied && <p className="text-sm text-warn">{t("unapplied")}</p>}
      {undoing.isError && <Failure error={undoing.error} />}
    </>
  );
}

function EditedFields({ edit }: { edit: Edit }) {
  const { t } = useTranslation(["project", "ledger"]);
  const shown = (field: Field, value: unknown) => {
    if (value === null || value === undefined || value === "") return "—";
    const text = String(value);
    if (field === "due") return day(text, spoken());
    return text;
  };
  const fields = [...new Set([...Object.keys(edit.before), ...Object.keys(edit.after)])].filter(isField);
  return (
    <ul className={`text-sm ${edit.undone_at === null ? "" : "text-quiet line-through"}`}>
      {fields.map((field) => (
        <li key={field} dir="auto" className="break-words">
          {field in edit.after
            ? t("from_to", {
                field: t(`field_${field}`),
                before: shown(field, edit.before[field]),
                after: shown(field, edit.after[field]),
              })
            : shown(field, edit.before[field])}
        </li>
      ))}
    </ul>
  );
}
