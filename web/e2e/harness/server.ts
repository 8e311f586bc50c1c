import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { HUIMAI } from "./paths.ts";

const START_SECONDS = 180;

// a busy machine takes longer to load the chat model than a user would wait
const PATIENT = { HUIMAI_LANG: "en", HUIMAI_AGENTS__EMBEDDED_ANSWER_SECONDS: "60" };

const environment = (home: string) => ({ ...process.env, ...PATIENT, HUIMAI_HOME: home });

/** Runs a `huimai` command over a data home and gives its JSON document. */
export async function huimai(home: string, ...given: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(HUIMAI, [...given, "--json"], {
    env: environment(home),
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

/** A real `huimai serve` over a data home. It can die and come back at the same address. */
export class Server {
  readonly home: string;
  #process: ChildProcess | null = null;
  #port = 0;

  private constructor(home: string) {
    this.home = home;
    // a run that fails leaves nothing running
    process.on("exit", () => this.#process?.kill("SIGKILL"));
  }

  static async start(home: string): Promise<Server> {
    const server = new Server(home);
    await server.restart();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Start it (again), at the port it had. */
  async restart(): Promise<void> {
    const child = spawn(HUIMAI, ["serve", "--port", String(this.#port), "--json"], {
      env: environment(this.home),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
    });
    child.stderr.on("data", (data) => {
      said += data;
    });
    for (const deadline = Date.now() + START_SECONDS * 1000; Date.now() < deadline; await pause(200)) {
      if (child.exitCode !== null) throw new Error(`the server ended: ${said}`);
      this.#port ||= Number(/"url":\s*"http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? 0);
      if (this.#port && (await this.#ready())) return;
    }
    throw new Error(`the server was not ready within ${START_SECONDS} s: ${said}`);
  }

  async #ready(): Promise<boolean> {
    return fetch(`${this.url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
  }

  /** kill -9: nothing is said, nothing is put away. */
  kill(): Promise<void> {
    return this.#end("SIGKILL");
  }

  stop(): Promise<void> {
    return this.#end("SIGINT");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const patience = setTimeout(() => child.kill("SIGKILL"), 30_000);
    await ended;
    clearTimeout(patience);
  }
}
