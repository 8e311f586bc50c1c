import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Folder, Languages, Mic, Moon, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { projectsQuery } from "../../api/queries";
import { speak, spoken } from "../../i18n";
import { day } from "../../time";
import { SCREENS } from "../screens";
import { chooseTheme, useNight } from "../theme";
import { matches } from "./matching";
import { PaletteGroup, PaletteItem } from "./PaletteItem";
import { calledQuery } from "./queries";
import { useSettled } from "./useSettled";

const MOST = 6;
const TYPING_MS = 150;

interface Typed {
  query: string;
  onDone: () => void;
}

/** The places and switches whose names match: screens, projects, meetings, language and theme. */
export function PlaceGroups(typed: Typed) {
  return (
    <>
      <Screens {...typed} />
      <Projects {...typed} />
      <Meetings {...typed} />
      <Looks {...typed} />
    </>
  );
}

function Screens({ query, onDone }: Typed) {
  const { t } = useTranslation(["palette", "common"]);
  const navigate = useNavigate();
  const found = SCREENS.filter(({ to, word }) => matches(`${t(`common:${word}`)} ${to}`, query));
  if (found.length === 0) return null;
  return (
    <PaletteGroup heading={t("screens")}>
      {found.map(({ to, word, icon }) => (
        <PaletteItem
          key={to}
          value={`screen ${to}`}
          icon={icon}
          onSelect={() => {
            onDone();
            void navigate({ to });
          }}
        >
          {t(`common:${word}`)}
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}

function Projects({ query, onDone }: Typed) {
  const { t } = useTranslation("palette");
  const navigate = useNavigate();
  const { data = [] } = useQuery(projectsQuery);
  const found = data.filter(({ name }) => matches(name, query)).slice(0, MOST);
  if (found.length === 0) return null;
  return (
    <PaletteGroup heading={t("projects")}>
      {found.map(({ name }) => (
        <PaletteItem
          key={name}
          value={`project ${name}`}
          icon={Folder}
          onSelect={() => {
            onDone();
            void navigate({ to: "/projects/$project", params: { project: name } });
          }}
        >
          <bdi className="break-words">{name}</bdi>
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}

function Meetings({ query, onDone }: Typed) {
  const { t } = useTranslation("palette");
  const navigate = useNavigate();
  const words = useSettled(query, TYPING_MS);
  const { data } = useQuery({ ...calledQuery(words), placeholderData: keepPreviousData });
  const found =
    data?.meetings.filter(({ title, date, project }) => matches(`${title} ${date} ${project}`, query)) ?? [];
  if (found.length === 0) return null;
  return (
    <PaletteGroup heading={t("meetings")}>
      {found.map(({ id, title, date, project }) => (
        <PaletteItem
          key={id}
          value={`meeting ${id}`}
          icon={Mic}
          onSelect={() => {
            onDone();
            void navigate({ to: "/meetings/$meeting", params: { meeting: id } });
          }}
        >
          <bdi className="break-words">{title}</bdi>{" "}
          <span className="text-quiet text-sm">
            {day(date, spoken())} · <bdi>{project}</bdi>
          </span>
        </PaletteItem>
      ))}
    </PaletteGroup>
  );
}

function Looks({ query, onDone }: Typed) {
  const { t } = useTranslation(["palette", "common"]);
  const dark = useNight();
  const theme = t(dark ? "to_light" : "to_dark");
  const language = t("to_other_language");
  const showsTheme = matches(`${theme} ${t("common:theme")}`, query);
  const showsLanguage = matches(`${language} ${t("common:language")}`, query);
  if (!showsTheme && !showsLanguage) return null;
  return (
    <PaletteGroup heading={t("looks")}>
      {showsTheme && (
        <PaletteItem
          value="theme"
          icon={dark ? Sun : Moon}
          onSelect={() => {
            chooseTheme(dark ? "light" : "dark");
            onDone();
          }}
        >
          {theme}
        </PaletteItem>
      )}
      {showsLanguage && (
        <PaletteItem
          value="language"
          icon={Languages}
          onSelect={() => {
            speak(spoken() === "zh" ? "en" : "zh");
            onDone();
          }}
        >
          {language}
        </PaletteItem>
      )}
    </PaletteGroup>
  );
}
