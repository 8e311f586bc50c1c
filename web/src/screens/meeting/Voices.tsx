import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, unwrap } from "../../api/client";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { TextField } from "../../components/Field";
import { Loading } from "../../components/Loading";
import { useDesk } from "./desk";
import { refreshMeetings, type Voice, voicesQuery } from "./queries";
import { Speakers } from "./Speakers";
import { VoiceField } from "./VoiceField";

/** Who speaks: the voices of a recording to be named, and the names of an imported transcript. */
export function Voices() {
  const { meeting } = useDesk();
  const voices = useQuery(voicesQuery(meeting.id));
  if (voices.isError) return <Failure error={voices.error} retry={() => voices.refetch()} />;
  if (voices.data === undefined) return <Loading />;
  if (voices.data.length === 0) return <Speakers />;
  return <NamesForm key={voices.data.map(({ name }) => name).join("\n")} voices={voices.data} />;
}

function NamesForm({ voices }: { voices: Voice[] }) {
  const { t } = useTranslation(["meeting", "common"]);
  const [names, setNames] = useState(() => new Map(voices.map(({ speaker, name }) => [speaker, name ?? ""])));
  const [agreed, setAgreed] = useState("");
  const naming = useNaming();
  const changed = voices.filter(({ speaker, name }) => names.get(speaker)?.trim() !== (name ?? ""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = agreed.trim() === "" ? changed : voices.filter(({ speaker }) => names.get(speaker)?.trim());
    const named = Object.fromEntries(given.map(({ speaker }) => [speaker, names.get(speaker)?.trim() || null]));
    naming.mutate({ names: named, consented_by: agreed.trim() || null });
  };
  return (
    <form onSubmit={submit} className="space-y-5">
      <p className="text-quiet text-sm">{t("voices_hint")}</p>
      {voices.map((voice) => (
        <VoiceField
          key={voice.speaker}
          voice={voice}
          name={names.get(voice.speaker) ?? ""}
          onName={(name) => setNames(new Map(names).set(voice.speaker, name))}
        />
      ))}
      <TextField
        label={t("agreed")}
        hint={t("agreed_hint")}
        value={agreed}
        onChange={(event) => setAgreed(event.target.value)}
        maxLength={200}
      />
      <Button type="submit" kind="accent" disabled={naming.isPending || (changed.length === 0 && agreed.trim() === "")}>
        {t("common:save")}
      </Button>
      {naming.isError && <Failure error={naming.error} />}
    </form>
  );
}

function useNaming() {
  const { t } = useTranslation("meeting");
  const { meeting, tell } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { names: Record<string, string | null>; consented_by: string | null }) =>
      unwrap(
        client.PUT("/api/v1/meetings/{meeting_id}/speakers", {
          params: { path: { meeting_id: meeting.id } },
          body,
        }),
      ),
    onSuccess: () => {
      tell({ said: t("named") });
      void refreshMeetings(queries);
    },
  });
}
