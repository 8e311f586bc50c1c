import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { day } from "../../time";
import { useDelete } from "./queries";

/** Asks before a meeting is deleted. */
export function DeleteMeeting({ meeting: { id, title, date }, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { t, i18n } = useTranslation(["meetings", "common"]);
  const { mutate, isPending, error } = useDelete();
  return (
    <Confirm
      title={t("delete_ask")}
      action={t("common:delete")}
      busy={isPending}
      error={error}
      onConfirm={() => mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("delete_hint", { title, day: day(date, i18n.language) })}</p>
    </Confirm>
  );
}
