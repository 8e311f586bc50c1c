import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { PYTHON, REPOSITORY, sample } from "./paths.ts";

const CLIP = `
import sys
from pathlib import Path
from tests.e2e.commands import clip
clip(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
`;
const RATE = 16_000;

/** Writes some seconds of a sample recording to a WAV file; gives its path. */
export async function clip(recording: string, target: string, start: number, end: number): Promise<string> {
  await promisify(execFile)(PYTHON, ["-c", CLIP, sample(recording), target, String(start), String(end)], {
    cwd: REPOSITORY,
  });
  return target;
}

/** Writes a WAV file of so many megabytes of faint noise, in which nobody speaks; gives its path. */
export async function noise(target: string, megabytes: number): Promise<string> {
  const samples = randomBytes(megabytes * 1_000_000);
  // the high byte of a sample, almost nought
  for (let at = 1; at < samples.length; at += 2) samples[at] = 0;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length, 40);
  await writeFile(target, Buffer.concat([header, samples]));
  return target;
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** SHA-256 of a file. */
export const sha256Of = async (path: string) => sha256(await readFile(path));
