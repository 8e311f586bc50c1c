import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Utterance } from "../../api/transcript";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { TextField } from "../../components/Field";
import { peopleQuery } from "../people/queries";
import { useCorrection } from "./changes";
import { useDesk } from "./desk";
import { isNameless } from "./names";
import { namesQuery, type Reach } from "./queries";

const REACHES: Reach[] = ["line", "following", "meeting", "everywhere"];

/** Says who speaks: in this line, from it on, in the meeting, or in all of the project. */
export function GiveSpeaker({ line, row }: { line: Utterance; row: number }) {
  const { t } = useTranslation(["meeting", "common"]);
  const { meeting, colours, editing, edit, goTo } = useDesk();
  const refused = editing?.refused;
  const known = useId();
  const names = useQuery(namesQuery(meeting.project));
  const [name, setName] = useState(
    refused?.correction.speaker ?? (isNameless(line.speaker) ? "" : (line.speaker ?? "")),
  );
  const [reach, setReach] = useState<Reach>(refused?.correction.reach ?? (line.speaker === null ? "line" : "meeting"));
  const correction = useCorrection(row);
  const wanted = name.trim() || null;
  const merges = wanted !== null && wanted !== line.speaker && reach !== "line" && colours.has(wanted);
  const close = () => {
    edit(null);
    goTo(row, true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== line.speaker)
      correction.mutate({ line: line.i, speaker: wanted, reach, expected: line.speaker ?? "" });
    close();
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && close()}
      className="my-2 max-w-md space-y-3 rounded-lg border border-line bg-raised p-3"
    >
      <TextField
        autoFocus
        label={t("speaker_name")}
        hint={merges ? t("merges", { name: wanted }) : t("speaker_hint")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        list={known}
        maxLength={80}
        dir="auto"
      />
      <datalist id={known}>
        {[...new Set([...colours.keys(), ...(names.data ?? [])])].map(
          (one) => one !== null && <option key={one} value={one} />,
        )}
      </datalist>
      <fieldset>
        <legend className="font-medium text-sm">{t("reach")}</legend>
        {REACHES.map((one) => (
          <Choice
            key={one}
            reach={one}
            chosen={reach}
            disabled={one === "everywhere" && isNameless(line.speaker)}
            onChoose={setReach}
          />
        ))}
        {reach === "everywhere" && line.speaker !== null && <KeptVoice name={line.speaker} />}
      </fieldset>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" small kind="accent">
          {t("common:save")}
        </Button>
        <Button small onClick={close}>
          {t("common:cancel")}
        </Button>
      </div>
      {refused && <Failure error={refused.error} />}
    </form>
  );
}

/** That a voice is kept by this name and will be recognised by it, where it is. */
function KeptVoice({ name }: { name: string }) {
  const { t } = useTranslation("meeting");
  const { project } = useDesk().meeting;
  const { data: people = [] } = useQuery(peopleQuery(project));
  if (!people.some((one) => one.name === name && one.voiceprints.length > 0)) return null;
  return (
    <p className="mt-1 text-quiet text-sm">
      {t("kept_voice", { name })}{" "}
      <Link to="/people" search={{ project }} className="text-accent underline">
        {t("kept_voice_do")}
      </Link>
    </p>
  );
}

interface ChoiceProps {
  reach: Reach;
  chosen: Reach;
  disabled: boolean;
  onChoose: (reach: Reach) => void;
}

function Choice({ reach, chosen, disabled, onChoose }: ChoiceProps) {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  return (
    <label className={`flex items-baseline gap-2 py-0.5 text-sm ${disabled ? "text-quiet" : ""}`}>
      <input
        type="radio"
        name="reach"
        checked={reach === chosen}
        disabled={disabled}
        onChange={() => onChoose(reach)}
        className="accent-accent"
      />
      {t(disabled ? "reach_nameless" : `reach_${reach}`, { project: meeting.project })}
    </label>
  );
}
