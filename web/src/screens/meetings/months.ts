import type { Meeting } from "../../api/queries";

/** What the list shows in a line: the heading of a month, or a meeting. A month's count is null where it may grow. */
export type Row = { month: string; count: number | null } | { meeting: Meeting };

/** The meetings, newest first, each month under a heading. Unless these are all, older ones are on their way. */
export function byMonth(meetings: readonly Meeting[], areAll: boolean): Row[] {
  const months = new Map<string, Meeting[]>();
  for (const meeting of meetings) {
    const month = meeting.date.slice(0, 7);
    const those = months.get(month) ?? [];
    those.push(meeting);
    months.set(month, those);
  }
  return [...months].flatMap(([month, those], at) => [
    { month, count: areAll || at < months.size - 1 ? those.length : null },
    ...those.map((meeting) => ({ meeting })),
  ]);
}

/** The meetings whose title holds every word of a text, however it is written. */
export function titled(meetings: readonly Meeting[], text: string): readonly Meeting[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return meetings;
  return meetings.filter(({ title }) => words.every((word) => plain(title).includes(word)));
}

const plain = (text: string) => text.normalize("NFKC").toLocaleLowerCase();
