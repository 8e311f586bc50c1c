import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { Modal } from "../../components/Modal";
import { SearchedChoice } from "../../components/SearchedChoice";
import { clock } from "../../time";
import { EMPTY, newOf, type SayableKind } from "../project/fields";
import { KindField } from "../project/KindField";
import { MatterFields } from "../project/MatterFields";
import { useChanged } from "../project/useChanged";
import { useDesk } from "./desk";
import { refreshMeetings } from "./queries";

/** Says that a line of the meeting tells of something that reading did not find. Its quote is that line. */
export function AddItem({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("meeting");
  const { meeting, lines, target, tell } = useDesk();
  const [kind, setKind] = useState<SayableKind>("decision");
  const [line, setLine] = useState(() => (target && lines[target.row]?.i.toString()) ?? null);
  const [draft, setDraft] = useState(EMPTY);
  const queries = useQueryClient();
  const changed = useChanged(meeting.project);
  const adding = useMutation({
    mutationFn: (body: Schemas["NewItem"]) => unwrap(client.POST("/api/v1/items", { body })),
    onSuccess: async () => {
      tell({ said: t("item_added") });
      onClose();
      await Promise.all([refreshMeetings(queries), changed()]);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (line !== null) adding.mutate({ meeting_id: meeting.id, kind, lines: [Number(line)], ...newOf(kind, draft) });
  };
  const options = lines.map(({ i, text, speaker, start }) => ({
    id: i.toString(),
    text,
    note: [speaker, start !== null && clock(start)].filter(Boolean).join(" · "),
  }));
  return (
    <Modal title={t("add_item")} onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <p className="text-quiet text-sm">{t("add_item_hint")}</p>
        <KindField label={t("item_kind")} kind={kind} onKind={setKind} />
        <SearchedChoice label={t("item_line")} options={options} chosen={line} onChoose={setLine} />
        <MatterFields kind={kind} draft={draft} onDraft={setDraft} />
        {adding.isError && <Failure error={adding.error} />}
        <div className="flex justify-end">
          <Button kind="accent" type="submit" disabled={line === null || adding.isPending}>
            {t("add")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
