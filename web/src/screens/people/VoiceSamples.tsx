import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { spoken } from "../../i18n";
import { usePlayer } from "../../player/Player";
import { day, lasting } from "../../time";
import { dropVoiceprint, type Person, type Voiceprint, voiceLinesQuery } from "./queries";
import { usePeopleChange } from "./usePeopleChange";

/** What a person's voice stands on: one sample a meeting, to hear and to drop. */
export function VoiceSamples({ person, onUpdated }: { person: Person; onUpdated: (meetings: number) => void }) {
  const { t } = useTranslation("people");
  const [dropped, setDropped] = useState<Voiceprint | null>(null);
  const dropping = usePeopleChange(
    (voiceprint: string) => dropVoiceprint(voiceprint),
    (meetings) => {
      setDropped(null);
      onUpdated(meetings);
    },
  );
  return (
    <div className="mt-3 border-line border-l-2 pl-4">
      <h2 className="font-medium text-sm">{t("samples")}</h2>
      <ul className="divide-y divide-line/60">
        {person.voiceprints.map((print) => (
          <Sample key={print.id} print={print} onDrop={() => setDropped(print)} />
        ))}
      </ul>
      {dropped && (
        <Confirm
          title={t("drop_title")}
          action={t("drop")}
          busy={dropping.isPending}
          error={dropping.error}
          onConfirm={() => dropping.mutate(dropped.id)}
          onClose={() => setDropped(null)}
        >
          <p>{t("drop_text", { title: dropped.title, day: day(dropped.date, spoken()), name: person.name })}</p>
          {person.voiceprints.length === 1 && <p>{t("drop_last", { name: person.name })}</p>}
        </Confirm>
      )}
    </div>
  );
}

function Sample({ print, onDrop }: { print: Voiceprint; onDrop: () => void }) {
  const { t } = useTranslation("people");
  const { id, meeting_id: meeting, title, date, seconds, consented_by: who } = print;
  const { play } = usePlayer();
  const lines = useQuery(voiceLinesQuery(id));
  const first = lines.data?.[0];
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 py-2">
      <IconButton
        label={lines.isSuccess && !first ? t("nothing_to_hear") : t("listen", { title })}
        disabled={!first}
        onClick={() => first && play({ meeting, title }, first.start)}
      >
        <Play />
      </IconButton>
      <div className="min-w-0 flex-1 basis-40 text-sm">
        <Link
          to="/meetings/$meeting"
          params={{ meeting }}
          search={{ line: first?.line, t: first?.start }}
          className="break-words hover:underline"
        >
          <bdi>{title}</bdi>
        </Link>
        <p className="break-words text-quiet">
          {day(date, spoken())} · {t("sample", { length: lasting(seconds, spoken()) })} · {t("consent", { who })}
        </p>
      </div>
      <Button small kind="danger" aria-label={t("drop_from", { title })} onClick={onDrop}>
        {t("drop")}
      </Button>
    </li>
  );
}
