/** Pixels: around what a line says, each line of text in it, and the name over it where somebody begins to speak. */
const [AROUND_PX, TEXT_PX, NAME_PX] = [8, 24.375, 36];
/** How many narrow letters a line of text has room for; a wide one takes the room of two. */
const LETTERS = 72;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** How high a row of the transcript will be, in pixels, by its text: what is guessed right need not move when it comes. */
export function roughHeight(text: string, first: boolean): number {
  const letters = text.length + (text.match(WIDE)?.length ?? 0);
  const lines = Math.max(1, Math.ceil(letters / LETTERS));
  return Math.round(AROUND_PX + TEXT_PX * lines + (first ? NAME_PX : 0));
}
