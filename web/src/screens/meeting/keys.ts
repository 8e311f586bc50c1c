/** What a key does on this screen. */
export type Action = "toggle" | "back" | "forward" | "up" | "down" | "play" | "edit" | "undo" | "help";

/** The keys, as they are shown, and what they do. */
export const KEYS: { keys: string[]; action: Action }[] = [
  { keys: ["Space", "K"], action: "toggle" },
  { keys: ["J"], action: "back" },
  { keys: ["L"], action: "forward" },
  { keys: ["↑"], action: "up" },
  { keys: ["↓"], action: "down" },
  { keys: ["Enter"], action: "play" },
  { keys: ["E"], action: "edit" },
  { keys: ["U"], action: "undo" },
  { keys: ["?"], action: "help" },
];

const ACTIONS: Record<string, Action> = {
  " ": "toggle",
  k: "toggle",
  j: "back",
  l: "forward",
  arrowup: "up",
  arrowdown: "down",
  enter: "play",
  e: "edit",
  u: "undo",
  "?": "help",
};
const SLIDER = "input[type=range]";
const FIELDS = `input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]:not([contenteditable=false])`;
const APART = "[role=dialog], [role=alertdialog], [role=menu]";
const OWN_KEYS: Partial<Record<string, string>> = {
  enter: "a, button, summary",
  " ": "button:not([data-line]), summary, input[type=checkbox]",
  arrowup: `${SLIDER}, [role=tablist]`,
  arrowdown: `${SLIDER}, [role=tablist]`,
};

/** What a pressed key does; null where it belongs to a field, to a control or to the browser. */
export function actionOf(pressed: KeyboardEvent): Action | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.defaultPrevented) return null;
  const key = pressed.key.toLowerCase();
  const at = pressed.target instanceof Element ? pressed.target : null;
  if (at?.closest(`${FIELDS}, ${APART}`)) return null;
  const own = OWN_KEYS[key];
  if (own !== undefined && at?.closest(own)) return null;
  return ACTIONS[key] ?? null;
}
