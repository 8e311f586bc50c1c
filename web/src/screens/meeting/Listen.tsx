import { useQuery } from "@tanstack/react-query";
import { Check, Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { clock } from "../../time";
import { useFoundRight } from "./changes";
import { useDesk } from "./desk";
import { useFlagWords } from "./flagWords";
import { type Flag, flagsQuery } from "./queries";

/** What deserves a listen: doubtful numbers, names and speakers. */
export function Listen() {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  const flags = useQuery(flagsQuery(meeting.id));
  if (flags.isError) return <Failure error={flags.error} retry={() => flags.refetch()} />;
  if (flags.data === undefined) return <Loading />;
  if (flags.data.length === 0) return <Empty title={t("nothing_to_hear")} />;
  return (
    <>
      <p className="mb-2 text-quiet text-sm">{t("listen_hint")}</p>
      <ul className="space-y-1">
        {flags.data.map((flag, index) => (
          <li key={`${flag.line} ${flag.kind} ${index}`}>
            <FlagRow flag={flag} />
          </li>
        ))}
      </ul>
    </>
  );
}

function FlagRow({ flag }: { flag: Flag }) {
  const { t } = useTranslation(["meeting", "common"]);
  const { meeting, goToLine, playFrom } = useDesk();
  const wordsOf = useFlagWords();
  const right = useFoundRight();
  const { line, start } = flag;
  return (
    <div className="rounded-md hover:bg-sunken">
      <div className="flex items-start">
        <button type="button" onClick={() => goToLine(line)} className="min-w-0 flex-1 px-2 py-1.5 text-left text-sm">
          <span dir="auto" className="block break-words">
            {wordsOf(flag)}
          </span>
          {start !== null && <span className="text-quiet text-xs tabular-nums">{clock(start)}</span>}
        </button>
        {start !== null && meeting.has_media && (
          <IconButton
            label={t("common:play_from", { time: clock(start) })}
            onClick={() => {
              goToLine(line);
              playFrom(start);
            }}
          >
            <Play />
          </IconButton>
        )}
        <IconButton label={t("is_right")} disabled={right.isPending} onClick={() => right.mutate(line)}>
          <Check />
        </IconButton>
      </div>
      {right.isError && <Failure error={right.error} />}
    </div>
  );
}
