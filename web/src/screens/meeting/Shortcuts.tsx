import { useTranslation } from "react-i18next";
import { Modal } from "../../components/Modal";
import { KEYS } from "./keys";

/** The keys of this screen. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("meeting");
  return (
    <Modal title={t("shortcuts")} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-2">
        {KEYS.map(({ keys, action }) => (
          <div key={action} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd key={key} className="rounded border border-line bg-sunken px-2 py-0.5 font-sans text-sm">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(`key_${action}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
