import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { BUILT } from "../e2e/harness/paths.ts";

const FIRST = /<script[^>]*\ssrc="\/([^"]+\.js)"|<link[^>]*rel="modulepreload"[^>]*href="\/([^"]+\.js)"/g;

/** Bytes of the JavaScript that the built page loads before it shows anything, gzipped. */
export async function firstLoadBytes(): Promise<number> {
  const page = await readFile(`${BUILT}/index.html`, "utf-8");
  const names = [...page.matchAll(FIRST)].map((found) => found[1] ?? found[2]);
  if (names.length === 0) throw new Error("the built page loads no script");
  const sizes = names.map(async (name) => gzipSync(await readFile(`${BUILT}/${name}`)).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
