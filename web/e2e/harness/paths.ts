import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export const HUIMAI = process.env.HUIMAI ?? `${ROOT}.venv/bin/huimai`;
export const PYTHON = `${ROOT}.venv/bin/python`;
export const REPOSITORY = ROOT;
/** The app as it was built. */
export const BUILT = `${ROOT}server/web`;
export const PICTURES = `${ROOT}docs/screens`;

/** A file of the sample series. */
export const sample = (name: string) => `${ROOT}samples/${name}`;

const BROWSERS = ["chromium", "chromium-browser", "google-chrome"].map((name) => `/usr/bin/${name}`);

/** Where Chromium is. Throws an error that says how to get it. */
export function chromiumPath(): string {
  const found = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  if (found && existsSync(found)) return found;
  throw new Error("install chromium (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM");
}

/** Throws an error that says what to do where something that every run needs is not there. */
export function checkPrepared(): void {
  chromiumPath();
  if (!existsSync(HUIMAI)) throw new Error("there is no environment yet: run `make models web` first");
  if (!existsSync(`${BUILT}/index.html`)) throw new Error("the app is not built yet: run `make web` first");
}
