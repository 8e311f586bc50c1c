import { useNavigate } from "@tanstack/react-router";
import { Quote } from "lucide-react";
import { useTranslation } from "react-i18next";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { bestLine } from "./matching";
import { PaletteGroup, PaletteItem } from "./PaletteItem";
import type { Found } from "./queries";
import type { Said } from "./useSaid";

/** What was said about the query; choosing a passage opens the meeting at its line. */
export function SaidGroup({ said, onDone }: { said: Said; onDone: () => void }) {
  const { t } = useTranslation("palette");
  if (said.results.length === 0) return null;
  return (
    <PaletteGroup heading={t("said")}>
      {said.results.map((found) => (
        <SaidItem key={placeOf(found)} found={found} query={said.query} onDone={onDone} />
      ))}
    </PaletteGroup>
  );
}

const placeOf = ({ meeting_id, utterances }: Found) => `said ${meeting_id} ${utterances}`;

function SaidItem({ found, query, onDone }: { found: Found; query: string; onDone: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const line = bestLine(found, query);
  const open = () => {
    onDone();
    const params = { meeting: found.meeting_id };
    void navigate({ to: "/meetings/$meeting", params, search: { line: line.index } });
  };
  return (
    <PaletteItem value={placeOf(found)} icon={Quote} onSelect={open}>
      <p dir="auto" className="line-clamp-2 break-words">
        {line.text}
      </p>
      <p className="truncate text-quiet text-xs">
        <bdi>{line.speaker ?? t("unknown_speaker")}</bdi> · <bdi>{found.meeting_title}</bdi> ·{" "}
        {day(found.date, spoken())}
      </p>
    </PaletteItem>
  );
}
