import { useTranslation } from "react-i18next";
import { ChoiceField } from "../../components/Field";
import { KINDS, kindFrom, type SayableKind } from "./fields";

/** Which kind of matter a person says that something is. */
export function KindField({
  label,
  kinds = KINDS,
  kind,
  onKind,
}: {
  label: string;
  kinds?: readonly SayableKind[];
  kind: SayableKind;
  onKind: (kind: SayableKind) => void;
}) {
  const { t } = useTranslation("ledger");
  return (
    <ChoiceField label={label} value={kind} onChange={(event) => onKind(kindFrom(event.target.value) ?? kind)}>
      {kinds.map((one) => (
        <option key={one} value={one}>
          {t(`kind_${one}`)}
        </option>
      ))}
    </ChoiceField>
  );
}
