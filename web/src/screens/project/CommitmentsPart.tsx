import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { spoken } from "../../i18n";
import { byPerson, type Promises } from "./byPerson";
import { isOpen, today } from "./due";
import { MatterEntry } from "./MatterEntry";
import { mattersQuery } from "./queries";
import { useGrowing } from "./useGrowing";

const PROMISES_AT_FIRST = 20;

/** What was promised, person by person: what is open, and on demand what is done. */
export function CommitmentsPart({ project }: { project: string }) {
  const { t } = useTranslation("project");
  const [done, setDone] = useState(false);
  const { data, error, isPending, refetch } = useQuery(mattersQuery(project, { kind: ["commitment"] }));
  const people = byPerson(
    (data ?? []).filter((matter) => done || isOpen(matter)),
    today(),
    spoken(),
  );
  return (
    <>
      <label className="mb-6 flex w-fit items-center gap-2 text-quiet text-sm">
        <input
          type="checkbox"
          checked={done}
          onChange={(event) => setDone(event.target.checked)}
          className="size-4 accent-accent"
        />
        {t("show_done")}
      </label>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={() => refetch()} />}
      {data && people.length === 0 && <Empty title={t("no_commitments")} />}
      {people.map((promises) => (
        <Person key={promises.owner ?? ""} project={project} promises={promises} />
      ))}
    </>
  );
}

function Person({ project, promises }: { project: string; promises: Promises }) {
  const { t } = useTranslation("project");
  const { owner, matters, open, overdue } = promises;
  const { shown, more } = useGrowing(matters, PROMISES_AT_FIRST);
  return (
    <section className="mt-8 first-of-type:mt-0">
      <h2 className="flex flex-wrap items-baseline gap-x-3 border-line border-b pb-1">
        <bdi className="min-w-0 break-words font-semibold text-lg">{owner ?? t("nobody")}</bdi>
        <span className="text-quiet text-sm">{t("count_open", { n: open })}</span>
        {overdue > 0 && <span className="text-sm text-warn">{t("count_overdue", { n: overdue })}</span>}
      </h2>
      <ul className="divide-y divide-line/60">
        {shown.map((matter) => (
          <li key={matter.id}>
            <MatterEntry project={project} matter={matter} owned={false} />
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}
