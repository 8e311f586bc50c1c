/** By day and by night: dark enough to be seen on a light page, light enough on a dark one, and unlike their neighbours. */
const COLOURS = [195, 40, 285, 135, 350, 75, 245, 165, 15, 315].map(
  (hue) => `light-dark(oklch(0.55 0.13 ${hue}), oklch(0.74 0.12 ${hue}))`,
);
const NOBODY = "light-dark(oklch(0.68 0.01 260), oklch(0.55 0.01 260))";

export type SpeakerColours = ReadonlyMap<string | null, string>;

/**
 * A colour for everybody who speaks, in the order in which they first do; nobody known is grey. Who had one `before`
 * keeps it.
 */
export function speakerColours(
  speakers: Iterable<string | null>,
  before: SpeakerColours = new Map(),
): Map<string | null, string> {
  const everybody = new Set([null, ...speakers]);
  const taken = new Set([...everybody].map((speaker) => before.get(speaker)));
  const free = COLOURS.filter((colour) => !taken.has(colour));
  const found = new Map<string | null, string>();
  for (const speaker of everybody) {
    const colour = before.get(speaker) ?? (speaker === null ? NOBODY : free.shift());
    found.set(speaker, colour ?? COLOURS[found.size % COLOURS.length] ?? NOBODY);
  }
  return found;
}
