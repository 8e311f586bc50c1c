import type { Utterance } from "../../api/transcript";

/** Where somebody speaks, in seconds, each stretch from its start to its end. */
export interface Lane {
  speaker: string | null;
  seconds: number;
  stretches: [from: number, to: number][];
}

/** Narrower than this share of the recording nothing can be seen apart. */
const FINEST = 1 / 1500;

/** A lane for everybody who speaks, those who speak most first. Stretches that touch, or nearly do, are one. */
export function lanesOf(lines: Utterance[], duration: number): Lane[] {
  const lanes = new Map<string | null, Lane>();
  const timed = lines.filter((line) => line.start !== null);
  timed.forEach(({ speaker, start, end }, index) => {
    const from = start ?? 0;
    const to = Math.max(from, end ?? timed[index + 1]?.start ?? duration);
    const lane = lanes.get(speaker) ?? { speaker, seconds: 0, stretches: [] };
    lanes.set(speaker, lane);
    lane.seconds += to - from;
    const last = lane.stretches.at(-1);
    if (last !== undefined && from - last[1] <= duration * FINEST && from >= last[0]) last[1] = Math.max(last[1], to);
    else lane.stretches.push([from, to]);
  });
  return [...lanes.values()].sort((one, other) => other.seconds - one.seconds);
}

/** The length of a meeting: as it is known, else until its last line ends; 0 where no line has a time. */
export function lengthOf(lines: Utterance[], duration: number | null): number {
  return duration ?? lines.reduce((longest, { start, end }) => Math.max(longest, end ?? start ?? 0), 0);
}

/** The stretches of a lane as the path of an SVG that is 1000 wide and 1 high. */
export function lanePath(lane: Lane, duration: number): string {
  const scale = 1000 / duration;
  return lane.stretches
    .map(([from, to]) => {
      const width = Math.max((to - from) * scale, 1).toFixed(2);
      return `M${(from * scale).toFixed(2)} 0h${width}v1h-${width}z`;
    })
    .join("");
}

/** For so many equal parts of a recording, the index of the lane that speaks in each; -1 where nobody does. */
export function owners(lanes: Lane[], duration: number, parts: number): number[] {
  const found = new Array<number>(parts).fill(-1);
  lanes.forEach(({ stretches }, index) => {
    for (const [from, to] of stretches) {
      const last = Math.min(parts - 1, Math.floor((to / duration) * parts));
      for (let part = Math.floor((from / duration) * parts); part <= last; part += 1) found[part] = index;
    }
  });
  return found;
}
