import { useMutation } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { judgeLink } from "../../api/links";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import type { Link } from "./queries";

/** The newest rejection can be taken back here: the row that it was in is gone. */
export function JudgedStrip({ rejected, onUndone }: { rejected: readonly Link[]; onUndone: () => void }) {
  const { t } = useTranslation(["compare", "common"]);
  const undo = useRef<HTMLButtonElement>(null);
  const count = rejected.length;
  const link = rejected[count - 1];
  const takeBack = useMutation({
    mutationFn: (link: Link) => judgeLink(link, null),
    onSuccess: onUndone,
  });
  useEffect(() => {
    if (count > 0) undo.current?.focus({ preventScroll: true });
  }, [count]);
  if (link === undefined) return null;
  return (
    <div
      role="status"
      className="sticky bottom-20 z-10 mx-auto mt-6 flex w-fit max-w-full flex-wrap items-center gap-3 rounded-lg border border-line bg-raised px-4 py-2 shadow-lg"
    >
      {t(link.type === "conflicts" ? "compare:conflict_rejected" : "compare:rejected")}
      <Button ref={undo} small disabled={takeBack.isPending} onClick={() => takeBack.mutate(link)}>
        <Undo2 aria-hidden />
        {t("common:undo")}
      </Button>
      {takeBack.isError && <Failure error={takeBack.error} />}
    </div>
  );
}
