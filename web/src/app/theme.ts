import { useSyncExternalStore } from "react";
import { remember, remembered } from "../remembered";

export type Theme = "system" | "light" | "dark";

const KEY = "huimai-theme";
const night = () => window.matchMedia("(prefers-color-scheme: dark)");

/** The theme that was chosen on this browser; the system's where none was. */
export function chosenTheme(): Theme {
  const chosen = remembered(KEY);
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

/** Choose a theme for this browser. */
export function chooseTheme(theme: Theme): void {
  remember(KEY, theme);
  show();
}

/** Show the theme that was chosen, and follow the system's where none was. */
export function followTheme(): void {
  show();
  night().addEventListener("change", show);
}

/** Whether the dark theme is shown now. */
export function useNight(): boolean {
  return useSyncExternalStore(watch, () => document.documentElement.dataset.theme === "dark");
}

/** The theme that is chosen on this browser now. */
export function useChosenTheme(): Theme {
  return useSyncExternalStore(watch, chosenTheme);
}

function watch(changed: () => void): () => void {
  const watcher = new MutationObserver(changed);
  watcher.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => watcher.disconnect();
}

function show(): void {
  const chosen = chosenTheme();
  document.documentElement.dataset.theme = chosen === "system" ? (night().matches ? "dark" : "light") : chosen;
}
