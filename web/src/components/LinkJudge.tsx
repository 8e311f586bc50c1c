import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { judgeLink } from "../api/links";
import { spoken } from "../i18n";
import { isLedgerWord } from "../words/ledger";
import { Button } from "./Button";
import { Failure } from "./Failure";

type Link = Schemas["LinkDocument"];

/** Why two items are linked, how sure that is, and what a person says of it: that it holds, or does not. */
export function LinkJudge({ link, onJudged }: { link: Link; onJudged: (confirmed: boolean | null) => void }) {
  const { t } = useTranslation(["ledger", "common"]);
  const judging = useMutation({
    mutationFn: (confirmed: boolean | null) => judgeLink(link, confirmed),
    onSuccess: (_, confirmed) => onJudged(confirmed),
  });
  const judge = (confirmed: boolean | null) => {
    if (!judging.isPending) judging.mutate(confirmed); // a disabled button would lose the focus
  };
  const open = link.confirmed === null;
  const reason = `reason_${link.reason}`;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-quiet text-sm">
      <span className="min-w-0 break-words">
        {isLedgerWord(reason) ? t(reason) : link.reason}
        {link.values.length > 0 && (
          <>
            {" "}
            <bdi>{link.values.join(" → ")}</bdi>
          </>
        )}
        {" · "}
        <span role="status" className={link.confirmed ? "text-good" : ""}>
          {link.confirmed === null ? t("sure", { percent: percent(link.confidence) }) : t(judged(link.confirmed))}
        </span>
      </span>
      <span className="flex gap-1">
        <Button small kind="quiet" onClick={() => judge(open ? true : null)}>
          {open ? t("holds") : t("common:undo")}
        </Button>
        {open && (
          <Button small kind="quiet" onClick={() => judge(false)}>
            {t("holds_not")}
          </Button>
        )}
      </span>
      {judging.isError && <Failure error={judging.error} />}
    </div>
  );
}

const judged = (confirmed: boolean) => (confirmed ? "confirmed" : "rejected");

const percent = (share: number) => new Intl.NumberFormat(spoken(), { style: "percent" }).format(share);
