import { ChevronDown, Pencil } from "lucide-react";
import { Collapsible } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import type { Somebody } from "./everybody";
import { ForgetPerson } from "./ForgetPerson";
import { RenamePerson } from "./RenamePerson";
import { SideChoice } from "./SideChoice";
import { VoiceSamples } from "./VoiceSamples";

interface Updates {
  /** Told how many meetings follow a change. */
  onUpdated: (meetings: number) => void;
}

/** Somebody: the name, the side, and under a fold what the voice stands on. */
export function PersonRow({ project, somebody, onUpdated }: Updates & { project: string; somebody: Somebody }) {
  const { t } = useTranslation("people");
  const { name, person, side } = somebody;
  return (
    <li className="px-4 py-3">
      <Collapsible.Root>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-52">
            <p className="break-words font-medium">
              <bdi>{name}</bdi>
            </p>
            {person && person.voiceprints.length > 0 ? (
              <Collapsible.Trigger className="group -mx-1 flex items-center gap-1 rounded px-1 text-left text-quiet text-sm hover:text-ink">
                {t("voices", { count: person.voiceprints.length })}
                <ChevronDown aria-hidden className="size-4 group-data-[state=open]:rotate-180" />
              </Collapsible.Trigger>
            ) : (
              <p className="text-quiet text-sm">{t("no_voice")}</p>
            )}
          </div>
          <SideChoice project={project} name={name} side={side} />
          <PersonDeeds project={project} somebody={somebody} onUpdated={onUpdated} />
        </div>
        {person && (
          <Collapsible.Content>
            <VoiceSamples person={person} onUpdated={onUpdated} />
          </Collapsible.Content>
        )}
      </Collapsible.Root>
    </li>
  );
}

function PersonDeeds({ project, somebody, onUpdated }: Updates & { project: string; somebody: Somebody }) {
  const { t } = useTranslation("people");
  const { name, person } = somebody;
  const [deed, setDeed] = useState<"rename" | "forget" | null>(null);
  const close = () => setDeed(null);
  return (
    <div className="flex gap-2">
      <Button small aria-label={t("rename_person", { name })} onClick={() => setDeed("rename")}>
        <Pencil aria-hidden />
        {t("rename")}
      </Button>
      {person && person.voiceprints.length > 0 && (
        <Button small kind="danger" aria-label={t("forget_person", { name })} onClick={() => setDeed("forget")}>
          {t("forget")}
        </Button>
      )}
      {deed === "rename" && <RenamePerson project={project} person={name} onUpdated={onUpdated} onClose={close} />}
      {deed === "forget" && person && <ForgetPerson person={person} onUpdated={onUpdated} onClose={close} />}
    </div>
  );
}
