/** So many bars for the peaks of a recording, each as high as its highest peak, the highest of all 1. */
export function bars(peaks: ArrayLike<number>, count: number): number[] {
  const found = new Array<number>(count).fill(0);
  for (let index = 0; index < peaks.length; index += 1) {
    const bar = Math.floor((index / peaks.length) * count);
    found[bar] = Math.max(found[bar] ?? 0, peaks[index] ?? 0);
  }
  const highest = found.reduce((one, other) => Math.max(one, other), 0) || 1;
  return found.map((height) => height / highest);
}
