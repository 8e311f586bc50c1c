import { Undo2, X } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { useUndo } from "./changes";
import type { Done } from "./desk";

const SHOWN_MS = 12_000;

/** Says what was done, with a way to take it back, and goes away by itself. */
export function DoneNotice({ done, onClose }: { done: Done | null; onClose: () => void }) {
  const { t } = useTranslation("common");
  const undo = useUndo();
  const { reset } = undo;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time begins anew with what was done, nothing else
  useEffect(() => {
    if (done === null) return;
    reset();
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-20 z-30 flex justify-center px-4">
      {done !== null && (
        <div className="pointer-events-auto flex max-w-full flex-wrap items-center gap-2 rounded-lg border border-line bg-raised py-1 pr-1 pl-4 shadow-lg">
          <span className="min-w-0 break-words">{done.said}</span>
          {done.correction !== undefined && (
            <Button
              small
              kind="quiet"
              aria-keyshortcuts="u"
              disabled={undo.isPending}
              onClick={() => undo.mutate(done.correction ?? "")}
            >
              <Undo2 aria-hidden />
              {t("undo")}
            </Button>
          )}
          <IconButton label={t("close")} onClick={onClose}>
            <X />
          </IconButton>
          {undo.isError && <Failure error={undo.error} />}
        </div>
      )}
    </div>
  );
}
