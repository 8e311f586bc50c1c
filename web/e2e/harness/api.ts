import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { components } from "../../src/api/schema.d.ts";

export type Schemas = components["schemas"];

const READY_SECONDS = 3600;

/** What the tests ask of a server beside what they do in its pages. */
export class Api {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#answered(path)).json() as Promise<T>;
  }

  async send<T>(method: "POST" | "PUT" | "PATCH", path: string, body: unknown): Promise<T> {
    const headers = { "Content-Type": "application/json" };
    return (await this.#answered(path, { method, headers, body: JSON.stringify(body) })).json() as Promise<T>;
  }

  async remove(path: string): Promise<void> {
    await this.#answered(path, { method: "DELETE" });
  }

  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#answered(path)).arrayBuffer());
  }

  async #answered(path: string, request: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.url}/api/v1${path}`, request);
    if (!response.ok)
      throw new Error(`${request.method ?? "GET"} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** The meetings of a project, oldest first. */
  async meetings(project: string): Promise<Schemas["MeetingDocument"][]> {
    const found: Schemas["MeetingDocument"][] = [];
    for (let cursor: string | null | undefined = ""; cursor != null; ) {
      const query = new URLSearchParams({ project, limit: "500", ...(cursor && { cursor }) });
      const page: Schemas["MeetingPage"] = await this.get(`/meetings?${query}`);
      found.push(...page.meetings);
      cursor = page.next;
    }
    return found;
  }

  /** Puts a file, or a document as a JSON transcript, into a project; gives its meetings when they can be searched. */
  async add(project: string, what: string | { name: string; content: string | Uint8Array }, language = "auto") {
    const { name, content } =
      typeof what === "string" ? { name: basename(what), content: new Uint8Array(await readFile(what)) } : what;
    const query = new URLSearchParams({ name, project, language });
    const response = await this.#answered(`/uploads?${query}`, { method: "POST", body: content as BodyInit });
    const { meetings } = (await response.json()) as Schemas["UploadDocument"];
    const ids = meetings.map((meeting) => meeting.id);
    await this.until(async () => (await this.meetings(project)).every((meeting) => meeting.stage === "ready"));
    return ids;
  }

  /** Waits until the ledger has read everything of a project. */
  async read(project: string): Promise<void> {
    await this.until(async () => {
      const { readings } = await this.get<Schemas["ReadingPage"]>(`/readings?project=${encodeURIComponent(project)}`);
      return readings.every((reading) => reading.state === "read");
    });
  }

  /** Waits for something to hold. */
  async until(holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + READY_SECONDS * 1000; Date.now() < deadline; await pause(500)) {
      if (await holds()) return;
    }
    throw new Error(`it did not come about within ${READY_SECONDS} s`);
  }
}
