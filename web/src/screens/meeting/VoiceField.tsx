import { Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../components/Button";
import { TextField } from "../../components/Field";
import { spoken } from "../../i18n";
import { clock, lasting } from "../../time";
import { useDesk } from "./desk";
import { isNameless } from "./names";
import type { Voice } from "./queries";

interface VoiceFieldProps {
  voice: Voice;
  name: string;
  onName: (name: string) => void;
}

/** One voice: what it said, whom it may belong to, and the name to give it. */
export function VoiceField({ voice, name, onName }: VoiceFieldProps) {
  const { t } = useTranslation(["meeting", "common"]);
  const { meeting, playFrom } = useDesk();
  const { speaker, seconds, lines, start, first_said: said } = voice;
  return (
    <div className="space-y-1.5">
      <TextField
        label={t("voice", { number: speaker })}
        placeholder={t("common:unknown_speaker")}
        value={name}
        onChange={(event) => onName(event.target.value)}
        maxLength={80}
        dir="auto"
      />
      <Guesses voice={voice} onName={onName} />
      <div className="flex items-start gap-1 text-quiet text-sm">
        {start !== null && meeting.has_media && (
          <IconButton
            label={t("common:play_from", { time: clock(start) })}
            onClick={() => playFrom(start)}
            className="!size-6 shrink-0"
          >
            <Play />
          </IconButton>
        )}
        <p className="min-w-0 break-words">
          {t("voice_heard", { lines, time: lasting(seconds, spoken()) })}
          {said && " · "}
          <span dir="auto">{said}</span>
        </p>
      </div>
    </div>
  );
}

/**
 * Whom a voice may belong to: whom its lines were given to, what it sounds like, and what it was called. They are hints;
 * a click takes one over.
 */
function Guesses({ voice, onName }: { voice: Voice; onName: (name: string) => void }) {
  const { t } = useTranslation("meeting");
  const { lines } = useDesk();
  const { proposal, heard, name } = voice;
  const given = lines.find(({ start }) => start !== null && start === voice.start)?.speaker ?? null;
  if (name !== null) return null;
  return (
    <div className="flex flex-wrap gap-1.5 empty:hidden">
      {given !== null && !isNameless(given) && (
        <Button small onClick={() => onName(given)}>
          {t("given_here", { name: given })}
        </Button>
      )}
      {proposal && (
        <Button small onClick={() => onName(proposal.name)}>
          {t("sounds_like", { name: proposal.name })}
        </Button>
      )}
      {heard.map((one) => (
        <Button small key={one.name} onClick={() => onName(one.name)}>
          {t(`calls_${one.calls}`, { name: one.name, times: one.times })}
        </Button>
      ))}
    </div>
  );
}
