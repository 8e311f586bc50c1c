/** A moment that an exported document points to: its meeting, its line, its seconds. */
export interface Moment {
  meeting: string;
  line: number | undefined;
  t: number | undefined;
}

/** The moment of a fragment `#meeting=ID&line=N&t=SECONDS`; null where it names no meeting. */
export function linkedMoment(fragment: string): Moment | null {
  const linked = new URLSearchParams(fragment.replace(/^#/, ""));
  const meeting = linked.get("meeting");
  if (!meeting) return null;
  return { meeting, line: numberOf(linked.get("line")), t: numberOf(linked.get("t")) };
}

function numberOf(text: string | null): number | undefined {
  const value = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
