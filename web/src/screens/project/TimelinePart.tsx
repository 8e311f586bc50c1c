import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Meeting, meetingsQuery } from "../../api/queries";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { spoken } from "../../i18n";
import { day, lasting } from "../../time";
import { Citations } from "./Citations";
import { type Matter, mattersQuery } from "./queries";
import { withUnit } from "./series";
import { useGrowing } from "./useGrowing";

const MEETINGS_AT_FIRST = 20;

/** The meetings, the newest first, each with what it brought. */
export function TimelinePart({ project }: { project: string }) {
  const { t } = useTranslation("project");
  const { data, error, isPending, refetch } = useQuery(meetingsQuery(project));
  const { shown, more } = useGrowing((data ?? []).toReversed(), MEETINGS_AT_FIRST);
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={() => refetch()} />;
  if (data.length === 0) {
    return (
      <Empty title={t("no_meetings")}>
        <Link to="/meetings" search={{ project }} className="text-accent underline">
          {t("to_meetings")}
        </Link>
      </Empty>
    );
  }
  return (
    <>
      <ol className="space-y-6">
        {shown.map((meeting, at) => (
          <li key={meeting.id} className="border-line border-l-2 pl-5">
            <MeetingEntry meeting={meeting} unfolded={at === 0} />
          </li>
        ))}
      </ol>
      {more}
    </>
  );
}

function MeetingEntry({ meeting, unfolded }: { meeting: Meeting; unfolded: boolean }) {
  const { t } = useTranslation("project");
  const [open, setOpen] = useState(unfolded);
  return (
    <>
      <p className="text-quiet text-sm">
        <time dateTime={meeting.date}>{day(meeting.date, spoken())}</time>
        {meeting.duration !== null && ` · ${lasting(meeting.duration, spoken())}`}
      </p>
      <h2 className="font-semibold">
        <Link
          to="/meetings/$meeting"
          params={{ meeting: meeting.id }}
          className="break-words hover:text-accent hover:underline"
        >
          <bdi>{meeting.title}</bdi>
        </Link>
      </h2>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="mt-1">
        <summary className="w-fit cursor-pointer rounded text-quiet text-sm hover:text-ink">{t("brought")}</summary>
        {open && <Brought meeting={meeting} />}
      </details>
    </>
  );
}

function Brought({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation("project");
  const { data, error, isPending, refetch } = useQuery(mattersQuery(meeting.project, { meeting: meeting.id }));
  const { shown, more } = useGrowing(data ?? [], MEETINGS_AT_FIRST);
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={() => refetch()} />;
  if (data.length === 0) return <p className="mt-2 text-quiet text-sm">{t("brought_nothing")}</p>;
  return (
    <>
      <ul className="mt-2 space-y-3">
        {shown.map((matter) => (
          <li key={matter.id}>
            <SaidHere matter={matter} meeting={meeting.id} />
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}

/** What a meeting said of a matter. */
function SaidHere({ matter, meeting }: { matter: Matter; meeting: string }) {
  const { t } = useTranslation(["project", "ledger"]);
  const steps = matter.history.filter(({ meeting_id }) => meeting_id === meeting);
  return (
    <div className="gap-4 sm:grid sm:grid-cols-[7rem_minmax(0,1fr)]">
      <p className="text-quiet text-sm">{t(`ledger:kind_${matter.kind}`)}</p>
      <div className="space-y-2">
        {steps.map(({ item_id, type, text, value, evidence }) => (
          <div key={item_id} className="space-y-1">
            <p dir="auto" className="break-words">
              {value === null
                ? text || matter.text
                : `${matter.name}: ${withUnit(Number(value), matter.unit ?? "", spoken())}`}
            </p>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className={type === null ? "text-good text-xs" : "text-warn text-xs"}>
                {type === null ? t("new_here") : t(`ledger:link_${type}`)}
              </span>
              <Citations evidence={evidence} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
