import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import { remember, remembered } from "./remembered";
import { words } from "./words";

export type Language = "zh" | "en";

const KEY = "huimai-language";

function first(): Language {
  const chosen = remembered(KEY);
  if (chosen === "zh" || chosen === "en") return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

i18n.on("languageChanged", (language) => {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
});

void i18n.use(initReactI18next).init({
  lng: first(),
  fallbackLng: "en",
  defaultNS: "common",
  resources: words,
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** Show everything in a language from now on, on this browser. */
export function speak(language: Language): void {
  remember(KEY, language);
  void i18n.changeLanguage(language);
}

/** The language shown now. */
export function spoken(): Language {
  return i18n.language === "zh" ? "zh" : "en";
}

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: (typeof words)["en"];
  }
}

export { i18n };
