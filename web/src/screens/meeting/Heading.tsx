import { Link } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../components/Button";
import { Title } from "../../components/Title";
import { spoken } from "../../i18n";
import { day, lasting } from "../../time";
import { useDesk } from "./desk";
import { FactsForm } from "./FactsForm";
import { MeetingMenu } from "./MeetingMenu";
import { WorkedOnAgain } from "./Standing";

/** What the meeting is called, when it was, where it belongs, and what can be done with all of it. */
export function Heading() {
  const { t } = useTranslation("meeting");
  const { meeting } = useDesk();
  const [editing, setEditing] = useState(false);
  return (
    <header className="relative mb-5 flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Title className="inline break-words font-semibold text-2xl tracking-tight">{meeting.title}</Title>
        <IconButton label={t("edit_facts")} onClick={() => setEditing(true)} className="ml-1 align-text-bottom">
          <Pencil />
        </IconButton>
        <Facts />
      </div>
      <MeetingMenu />
      <WorkedOnAgain />
      {editing && <FactsForm onClose={() => setEditing(false)} />}
    </header>
  );
}

function Facts() {
  const { meeting } = useDesk();
  const { project, date, duration, language } = meeting;
  return (
    <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1 text-quiet text-sm">
      <time dateTime={date}>{day(date, spoken())}</time>
      <Link to="/projects/$project" params={{ project }} className="min-w-0 break-words text-accent underline">
        <bdi>{project}</bdi>
      </Link>
      {duration !== null && <span>{lasting(duration, spoken())}</span>}
      {languageName(language) && <span>{languageName(language)}</span>}
    </p>
  );
}

/** The name of a language; undefined for a code that is none. */
function languageName(code: string): string | undefined {
  try {
    const name = new Intl.DisplayNames(spoken(), { type: "language", fallback: "none" }).of(code);
    return ["und", "auto"].includes(code) ? undefined : name;
  } catch {
    return undefined;
  }
}
