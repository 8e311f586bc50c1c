import { ask } from "./ask";
import { common } from "./common";
import { compare } from "./compare";
import { glossary } from "./glossary";
import { jobs } from "./jobs";
import { ledger } from "./ledger";
import { meeting } from "./meeting";
import { meetings } from "./meetings";
import { models } from "./models";
import { palette } from "./palette";
import { people } from "./people";
import { project } from "./project";
import { settings } from "./settings";
import { uploads } from "./uploads";
import { welcome } from "./welcome";

const of = <L extends "zh" | "en">(language: L) => ({
  ask: ask[language],
  common: common[language],
  compare: compare[language],
  glossary: glossary[language],
  jobs: jobs[language],
  ledger: ledger[language],
  meeting: meeting[language],
  meetings: meetings[language],
  models: models[language],
  palette: palette[language],
  people: people[language],
  project: project[language],
  settings: settings[language],
  uploads: uploads[language],
  welcome: welcome[language],
});

/** Everything that the app says, by language and by screen. */
export const words = { zh: of("zh"), en: of("en") };
