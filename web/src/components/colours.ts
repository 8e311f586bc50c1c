import { useEffect, useState } from "react";

const ROLES = ["raised", "line", "ink", "quiet", "accent", "good", "warn", "bad"] as const;

/** The colours of the style sheet by their role, as drawing libraries understand them. */
export type Colours = Record<(typeof ROLES)[number], string>;

/** The colours that are shown now; they change with the theme. */
export function useColours(): Colours {
  const [colours, setColours] = useState(shown);
  useEffect(() => {
    const watcher = new MutationObserver(() => setColours(shown()));
    watcher.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => watcher.disconnect();
  }, []);
  return colours;
}

function shown(): Colours {
  const style = getComputedStyle(document.documentElement);
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const of = (role: string) => rgb(brush, style.getPropertyValue(`--${role}`));
  return Object.fromEntries(ROLES.map((role) => [role, of(role)])) as Colours;
}

/** A colour in any notation of CSS as rgb(), read off a pixel that is painted with it. */
function rgb(brush: CanvasRenderingContext2D | null, colour: string): string {
  if (brush === null) return colour;
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
