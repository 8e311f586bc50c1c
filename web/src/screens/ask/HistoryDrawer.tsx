import { History as HistoryIcon, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../components/Button";
import { History } from "./History";

/** The conversations of before, in a drawer: for narrow pages. */
export function HistoryDrawer({ shown }: { shown: string | undefined }) {
  const { t } = useTranslation(["ask", "common"]);
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button small kind="quiet">
          <HistoryIcon aria-hidden />
          {t("history")}
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-50 flex w-80 max-w-[85vw] flex-col bg-page shadow-xl"
        >
          <div className="flex items-center justify-between gap-2 px-4 py-3">
            <Dialog.Title className="font-semibold">{t("history")}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={t("common:close")}>
                <X />
              </IconButton>
            </Dialog.Close>
          </div>
          <div className="flex-1 overflow-y-auto px-2 pb-4">
            <History shown={shown} onGo={() => setOpen(false)} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
