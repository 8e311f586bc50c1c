import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { clock } from "../../time";
import { useDesk } from "./desk";
import { type Rehearing, refreshMeetings, rehearingsQuery } from "./queries";

/** The spans that were heard again: what was heard before and after, and a way to take it back. */
export function Rehearings() {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  const { data: rehearings = [] } = useQuery(rehearingsQuery(meeting.id));
  if (rehearings.length === 0) return null;
  return (
    <section className="mt-6" aria-live="polite">
      <h3 className="mb-2 font-medium">{t("rehearings")}</h3>
      <ul className="space-y-3">
        {rehearings.map((one) => (
          <li key={one.id} className="border-line border-l-2 pl-3 text-sm">
            <RehearingRow rehearing={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RehearingRow({ rehearing }: { rehearing: Rehearing }) {
  const { t } = useTranslation(["meeting", "common"]);
  const queries = useQueryClient();
  const { id, start, end, before, after, error, done_at: done, undone_at: undone } = rehearing;
  const undo = useMutation({
    mutationFn: () =>
      unwrap(client.DELETE("/api/v1/rehearings/{rehearing_id}", { params: { path: { rehearing_id: id } } })),
    onSuccess: () => refreshMeetings(queries),
  });
  return (
    <>
      <p className="text-quiet tabular-nums">
        {clock(start)}–{clock(end)} · {t(undone ? "was_undone" : done ? "heard_again" : "being_heard")}
      </p>
      <p dir="auto" className="break-words text-quiet line-through">
        {before}
      </p>
      {after !== null && (
        <p dir="auto" className="break-words">
          {after}
        </p>
      )}
      {error && <p className="break-words text-bad">{error}</p>}
      {!undone && (
        <Button small kind="quiet" disabled={undo.isPending} onClick={() => undo.mutate()}>
          <Undo2 aria-hidden />
          {t("common:undo")}
        </Button>
      )}
      {undo.isError && <Failure error={undo.error} />}
    </>
  );
}
