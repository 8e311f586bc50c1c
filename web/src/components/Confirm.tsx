import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Failure } from "./Failure";
import { useFocusBack } from "./useFocusBack";

/**
 * Asks before something is done that cannot be taken back. `children` say what will happen; while `busy`, nothing can
 * be chosen; an `error` of the doing is shown in place.
 */
export function Confirm({
  title,
  action,
  children,
  busy = false,
  ready = true,
  error = null,
  onConfirm,
  onClose,
}: {
  title: string;
  action: string;
  children: ReactNode;
  busy?: boolean;
  /** False while something is still to be written before it may be done. */
  ready?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const focusBack = useFocusBack();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 bg-black/40" />
        <AlertDialog.Content
          onCloseAutoFocus={focusBack}
          className="fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[calc(100%-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-raised p-5 shadow-xl"
        >
          <AlertDialog.Title className="break-words font-semibold text-lg">
            <bdi>{title}</bdi>
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 space-y-2 break-words text-quiet">{children}</div>
          </AlertDialog.Description>
          {error !== null && <Failure error={error} />}
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button disabled={busy}>{t("cancel")}</Button>
            </AlertDialog.Cancel>
            <Button kind="danger" disabled={busy || !ready} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
