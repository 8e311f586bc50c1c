import { useEffect, useMemo, useRef } from "react";
import type WaveSurfer from "wavesurfer.js";
import { useColours } from "../../components/colours";
import { usePlayer } from "../../player/Player";
import { bars } from "./bars";
import { useDesk } from "./desk";
import { type Lane, owners } from "./lanes";
import type { Waveform as Peaks } from "./queries";

const HEIGHT = 56;
const BAR = 3;
const GAP = 1;
const FADED_PARTS = 400;

/** How loud it was, in the colours of who spoke. What has been played is paler. */
export function Waveform({ waveform, lanes, length }: { waveform: Peaks; lanes: Lane[]; length: number }) {
  const box = useRef<HTMLDivElement>(null);
  const { meeting, colours } = useDesk();
  const { audio, now } = usePlayer();
  const theme = useColours();
  const media = now?.meeting === meeting.id ? audio : undefined;
  const peaks = useMemo(() => Float32Array.from(waveform.peaks, (peak) => peak / 255), [waveform]);
  useEffect(() => {
    const container = box.current;
    if (container === null) return;
    const shades = lanes.map(({ speaker }) => resolved(container, colours.get(speaker) ?? ""));
    const colourAt = owned(lanes, length, shades, theme.quiet);
    let [drawn, gone]: [WaveSurfer | undefined, boolean] = [undefined, false];
    void import("wavesurfer.js").then(({ default: WaveSurfer }) => {
      if (gone) return;
      drawn = WaveSurfer.create({
        container,
        media,
        peaks: [peaks],
        duration: length,
        height: HEIGHT,
        interact: false,
        cursorWidth: 0,
        progressColor: faded(container, colourAt),
        cspNonce: document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce,
        renderFunction: (_, ctx) => draw(ctx, peaks, colourAt),
      });
      drawn.on("resize", () => drawn?.setOptions({ progressColor: faded(container, colourAt) }));
    });
    return () => {
      gone = true;
      drawn?.destroy();
    };
  }, [peaks, lanes, length, colours, theme, media]);
  return <div ref={box} aria-hidden style={{ height: HEIGHT }} />;
}

/** A colour as a canvas understands it. */
function resolved(element: HTMLElement, colour: string): string {
  element.style.color = colour;
  return getComputedStyle(element).color;
}

/** The colour of each of so many equal parts of the recording. */
function owned(lanes: Lane[], length: number, shades: string[], nobody: string) {
  return (parts: number) => owners(lanes, length, parts).map((lane) => shades[lane] ?? nobody);
}

/** The colours of who spoke, paler, along the width of the container. */
function faded(container: HTMLElement, colourAt: (parts: number) => string[]): CanvasGradient | string {
  const width = container.clientWidth * window.devicePixelRatio;
  const brush = document.createElement("canvas").getContext("2d")?.createLinearGradient(0, 0, width, 0);
  colourAt(FADED_PARTS).forEach((colour, part) => {
    const pale = colour.replace(")", " / 0.4)").replaceAll(",", "");
    brush?.addColorStop(part / FADED_PARTS, pale);
    brush?.addColorStop((part + 1) / FADED_PARTS, pale);
  });
  return brush ?? "gray";
}

function draw(ctx: CanvasRenderingContext2D, peaks: Float32Array, colourAt: (parts: number) => string[]) {
  const { width, height } = ctx.canvas;
  const step = (BAR + GAP) * Math.max(1, Math.round(window.devicePixelRatio));
  const count = Math.max(1, Math.floor(width / step));
  const painted = colourAt(count);
  bars(peaks, count).forEach((loudness, index) => {
    const tall = Math.max(2, loudness * height);
    ctx.fillStyle = painted[index] ?? "";
    ctx.fillRect(index * step, (height - tall) / 2, (step * BAR) / (BAR + GAP), tall);
  });
}
