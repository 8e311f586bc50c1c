import type { Browser } from "playwright-core";
import { Api } from "../e2e/harness/api.ts";
import { openBrowser } from "../e2e/harness/browser.ts";
import { checkPrepared, sample } from "../e2e/harness/paths.ts";
import { filledServer } from "../e2e/harness/samples.ts";
import type { Server } from "../e2e/harness/server.ts";
import { firstLoadBytes } from "./bundle.ts";
import { longTranscript, manyTranscripts } from "./madeUp.ts";
import { load, longestTaskWhileStreaming, scroll } from "./page.ts";

/** One figure: what it is of, what was measured, what it should be. */
type Row = [what: string, measured: string, goal: string];

const ATLAS = "Atlas";
const MANY = "Many";
const LONG = "Long";
const QUESTION = "When will the offline sync spec be ready?";

/**
 * Measures the built app in a real browser against a real server, and prints a table.
 *
 * Filling the server takes a quarter of an hour. With HUIMAI_MEASURE_HOME, its home is kept in that folder and copied by
 * later runs.
 */
async function main(): Promise<void> {
  checkPrepared();
  const { server, api, end } = await filledServer(process.env.HUIMAI_MEASURE_HOME, fill);
  const browser = await openBrowser();
  try {
    // a browser that has just been started is slow at whatever it shows first
    await load(browser, `${server.url}/settings`);
    const [meeting] = await api.meetings(LONG);
    const long = `/meetings/${meeting?.id}`;
    const rows: Row[] = [
      ["first load, JavaScript, gzipped", `${((await firstLoadBytes()) / 1000).toFixed(1)} kB`, "≤ 200 kB"],
      ...(await loads(browser, server.url, { ask: "/", "2,000 meetings": "/meetings", "20,000 lines": long })),
      await streaming(browser, `${server.url}/?project=${ATLAS}`),
      await scrolling(browser, "20,000 lines", server.url + long),
      await scrolling(browser, "2,000 meetings", `${server.url}/meetings`),
    ];
    console.info(table(rows));
  } finally {
    await browser.close();
    await end();
  }
}

async function fill({ url }: Server): Promise<void> {
  const api = new Api(url);
  await api.add(ATLAS, sample("B_en_atlas_mobile/2026-03-04.vtt"));
  await api.add(MANY, { name: "many.jsonl", content: manyTranscripts() });
  await api.add(LONG, { name: "long.json", content: longTranscript() });
  for (const project of [ATLAS, MANY, LONG]) await api.read(project);
}

async function loads(browser: Browser, url: string, paths: Record<string, string>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, path] of Object.entries(paths)) {
    const { largestPaint, shift, longestTask } = await load(browser, url + path);
    rows.push(
      [`${name}: largest contentful paint`, `${largestPaint.toFixed(0)} ms`, "≤ 1000 ms"],
      [`${name}: cumulative layout shift`, shift.toFixed(3), "< 0.05"],
      [`${name}: longest task while loading`, `${longestTask.toFixed(0)} ms`, ""],
    );
  }
  return rows;
}

async function streaming(browser: Browser, address: string): Promise<Row> {
  const longest = await longestTaskWhileStreaming(browser, address, QUESTION);
  return ["longest task while an answer streams", `${longest.toFixed(0)} ms`, "≤ 200 ms"];
}

async function scrolling(browser: Browser, name: string, address: string): Promise<Row> {
  const { rate, longest } = await scroll(browser, address);
  const measured = `${rate.toFixed(0)} frames/s, longest ${longest.toFixed(0)} ms`;
  return [`${name}: scrolling`, measured, "60 frames/s"];
}

function table(rows: Row[]): string {
  const lines = rows.map((row) => `| ${row.join(" | ")} |`);
  return ["| figure | measured | goal |", "|---|---|---|", ...lines].join("\n");
}

await main();
