import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api, type Schemas } from "./api.ts";
import { sample } from "./paths.ts";
import { huimai, Server } from "./server.ts";

export const PAYMENT = "支付网关升级";
export const ATLAS = "Atlas mobile app";

const SERIES = [
  {
    project: PAYMENT,
    language: "zh",
    folder: "A_zh_payment_gateway",
    dates: ["2026-03-02", "2026-03-09", "2026-03-16"],
    names: ["沈岚", "逯鸣", "郝子睿", "綦薇"],
  },
  {
    project: ATLAS,
    language: "en",
    folder: "B_en_atlas_mobile",
    dates: ["2026-03-04", "2026-03-11"],
    names: ["Priya Raghunathan", "Tess Lindqvist", "Marcus Oyelaran", "Dmitri Sokolenko"],
  },
] as const;

/** A folder for a run, which is gone when the run is over. */
export const freshFolder = () => mkdtemp(join(tmpdir(), "huimai-web-"));

/** A server over a new, empty data home. `end` stops it and removes the home. */
export async function emptyServer(): Promise<{ server: Server; api: Api; end: () => Promise<void> }> {
  const folder = await freshFolder();
  return ended(folder, await Server.start(join(folder, "home")));
}

/**
 * A server over the two sample series, recordings and all: heard, read and with names of speakers.
 *
 * Hearing takes minutes. With HUIMAI_E2E_HOME, the home is kept in that folder and copied by later runs.
 */
export const sampleServer = () => filledServer(process.env.HUIMAI_E2E_HOME, fillWithSamples);

/** A server over a home that `fill` has filled, or over a copy of the folder `kept` in which an earlier run kept it. */
export async function filledServer(kept: string | undefined, fill: (server: Server) => Promise<void>) {
  const folder = await freshFolder();
  const home = join(folder, "home");
  if (kept && existsSync(kept)) {
    await cp(kept, home, { recursive: true });
    return ended(folder, await Server.start(home));
  }
  const server = await Server.start(home);
  await fill(server);
  if (kept) {
    await server.stop();
    await cp(home, kept, { recursive: true });
    await server.restart();
  }
  return ended(folder, server);
}

function ended(folder: string, server: Server) {
  const end = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { server, api: new Api(server.url), end };
}

async function fillWithSamples({ home, url }: Server): Promise<void> {
  const api = new Api(url);
  for (const { project, language, folder, dates, names } of SERIES) {
    await huimai(home, "glossary", "import", sample(`${folder}/glossary.toml`), "--project", project);
    const recordings = dates.map((date) => sample(`${folder}/${date}.m4a`));
    await huimai(home, "ingest", ...recordings, "--project", project, "--language", language);
    const [first] = await api.meetings(project);
    if (!first) throw new Error(`nothing came of ${folder}`);
    await name(home, first, names);
    await api.read(project);
  }
}

function name(home: string, meeting: Schemas["MeetingDocument"], names: readonly string[]) {
  const said = names.map((one, index) => `${index + 1}=${one}`);
  return huimai(home, "speakers", "name", meeting.id, ...said, "--consent", "all four, for these tests");
}
