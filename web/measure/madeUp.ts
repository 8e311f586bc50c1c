const LINES = 20_000;
const LENGTH_SECONDS = 6 * 3600;
const MEETINGS = 2_000;
const SPEAKERS = ["Mina", "Jon", "沈岚", "郝子睿"];
const SENTENCES = [
  "We looked at the numbers again and they are about where they were last week.",
  "I would rather wait for the second load test before we promise anything to the customer.",
  "网关的压测报告我看过了，主要的问题还是在连接池上。",
  "Can somebody take this over while I am away?",
  "好的，那我下周三之前把方案发出来，大家再一起看。",
];

const turn = (index: number) => ({
  speaker: SPEAKERS[Math.floor(index / 3) % SPEAKERS.length],
  text: `${index}: ${SENTENCES[index % SENTENCES.length]}`,
});

/** A meeting of six hours and 20,000 lines, as a transcript to upload. */
export function longTranscript(): string {
  const step = LENGTH_SECONDS / LINES;
  const utterances = Array.from({ length: LINES }, (_, index) => ({
    ...turn(index),
    start: index * step,
    end: (index + 1) * step,
  }));
  return JSON.stringify({ title: "A long day", date: "2026-03-02", language: "en", utterances });
}

/** 2,000 short meetings, one a line, as a collection to upload. */
export function manyTranscripts(): string {
  const day = (index: number) => new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10);
  const meeting = (index: number) =>
    JSON.stringify({ title: `Weekly ${index}`, date: day(index), language: "en", utterances: [turn(index)] });
  return Array.from({ length: MEETINGS }, (_, index) => meeting(index)).join("\n");
}
