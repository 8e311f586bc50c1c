import { useTranslation } from "react-i18next";
import { ChoiceField, LongTextField, TextField } from "../../components/Field";
import { type Draft, statusesOf } from "./fields";
import type { MatterKind, MatterStatus } from "./queries";

/** The fields of a matter that its kind has, to be written. */
export function MatterFields({
  kind,
  stands,
  draft,
  onDraft,
}: {
  kind: MatterKind;
  /** How it stands; nothing of one that is yet to be added, whose words may be left to its line. */
  stands?: MatterStatus;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}) {
  const { t } = useTranslation(["project", "ledger"]);
  const set = (field: keyof Draft) => (event: { target: { value: string } }) =>
    onDraft({ ...draft, [field]: event.target.value });
  const statuses = stands === undefined ? [] : statusesOf(kind);
  return (
    <>
      <LongTextField
        label={t("field_text")}
        hint={stands === undefined ? t("text_hint") : undefined}
        value={draft.text}
        required={stands !== undefined}
        dir="auto"
        onChange={set("text")}
      />
      {kind === "commitment" && (
        <>
          <TextField
            label={t("field_owner")}
            hint={t("owner_hint")}
            value={draft.owner}
            dir="auto"
            onChange={set("owner")}
          />
          <TextField type="date" label={t("field_due")} value={draft.due} onChange={set("due")} />
        </>
      )}
      {kind === "metric" && (
        <div className="grid grid-cols-2 gap-3">
          <div className="col-span-2">
            <TextField label={t("field_name")} value={draft.name} required dir="auto" onChange={set("name")} />
          </div>
          <TextField
            label={t("field_value")}
            value={draft.value}
            required
            inputMode="decimal"
            onChange={set("value")}
          />
          <TextField label={t("field_unit")} value={draft.unit} onChange={set("unit")} />
        </div>
      )}
      {stands !== undefined && statuses.length > 0 && (
        <ChoiceField label={t("field_status")} value={draft.status} onChange={set("status")}>
          <option value="">{t("status_stays", { status: t(`ledger:status_${stands}`) })}</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {t(`ledger:status_${status}`)}
            </option>
          ))}
        </ChoiceField>
      )}
    </>
  );
}
