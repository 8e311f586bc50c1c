/** By day and by night: dark enough to be seen on a light page, light enough on a dark one, and unlike their neighbours. */
const COLOURS = [195, 40, 285, 135, 350, 75, 245, 165, 15, 315].map(
  (hue) => `light-dark(oklch(0.55 0.13 ${hue}), oklch(0.74 0.12 ${hue}))`,
);
const NOBODY = "light-dark(oklch(0.68 0.01 260), oklch(0.55 0.01 260))";

/** A colour for everybody who speaks, in the order in which they first do; nobody known is grey. */
export function speakerColours(speakers: Iterable<string | null>): Map<string | null, string> {
  const found = new Map<string | null, string>([[null, NOBODY]]);
  for (const speaker of speakers) {
    if (!found.has(speaker)) found.set(speaker, COLOURS[(found.size - 1) % COLOURS.length] ?? NOBODY);
  }
  return found;
}
