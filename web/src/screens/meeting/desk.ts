import { createContext, type Dispatch, type SetStateAction, useContext } from "react";
import type { Meeting } from "../../api/queries";
import type { Utterance } from "../../api/transcript";
import type { SpeakerColours } from "../../speakerColours";
import type { Correction } from "./corrected";

/** A row of the transcript that was gone to. It takes the focus where it was gone to by the keyboard. */
export interface Target {
  row: number;
  focus: boolean;
}

/** What of a row is being changed. */
export interface Editing {
  row: number;
  what: "text" | "speaker";
  /** What was to be saved and was not, and why. */
  refused?: { correction: Correction; error: Error };
}

/** The window that is open over the screen. */
export type OpenDialog = "shortcuts" | "rehear" | "tell" | "delete";

/** What was done last, and the correction that can take it back. */
export interface Done {
  said: string;
  correction?: string;
}

/** What the parts of the meeting's screen share. A row is an index of `lines`. */
export interface Desk {
  meeting: Meeting;
  /** The lines that have something to read. */
  lines: Utterance[];
  /** Everybody who speaks, in the order in which they first do, with a colour. */
  colours: SpeakerColours;
  target: Target | null;
  /** Show a row, and mark it. */
  goTo: (row: number, focus?: boolean) => void;
  /** Show the row of a line, by the line's own index. */
  goToLine: (line: number) => void;
  /** Play from these seconds on; where there is no recording, go to what was said then. */
  playFrom: (seconds: number) => void;
  editing: Editing | null;
  edit: Dispatch<SetStateAction<Editing | null>>;
  dialog: OpenDialog | null;
  open: (dialog: OpenDialog | null) => void;
  /** What was done last, as long as it is shown. */
  done: Done | null;
  /** Say what was done; null takes back what was said. */
  tell: (done: Done | null) => void;
}

export const DeskContext = createContext<Desk | null>(null);

/** What the parts of the meeting's screen share. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("there is no meeting around this");
  return desk;
}
