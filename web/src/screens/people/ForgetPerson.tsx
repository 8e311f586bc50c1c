import { useTranslation } from "react-i18next";
import { Confirm } from "../../components/Confirm";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { forgetPerson, type Person } from "./queries";
import { usePeopleChange } from "./usePeopleChange";

/** Asks whether a voice is to be forgotten, and tells everything that is deleted. */
export function ForgetPerson({
  person,
  onUpdated,
  onClose,
}: {
  person: Person;
  onUpdated: (meetings: number) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("people");
  const { id, name, voiceprints } = person;
  const forgetting = usePeopleChange(() => forgetPerson(id), onUpdated);
  return (
    <Confirm
      title={t("forget_title", { name })}
      action={t("forget")}
      busy={forgetting.isPending}
      error={forgetting.error}
      onConfirm={() => forgetting.mutate()}
      onClose={onClose}
    >
      <p>{t("forget_text", { count: voiceprints.length })}</p>
      <ul className="list-disc space-y-1 pl-5">
        {voiceprints.map((print) => (
          <li key={print.id}>
            <bdi>{print.title}</bdi> · {day(print.date, spoken())}
          </li>
        ))}
      </ul>
      <p>{t("forget_names")}</p>
    </Confirm>
  );
}
