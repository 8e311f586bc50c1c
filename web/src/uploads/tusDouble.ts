import { RESUMABLE, type Unfinished } from "./unfinished";

interface Held extends Unfinished {
  metadata: string;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** For tests: a server of resumable uploads in memory, behind fetch and XMLHttpRequest alike. */
export class TusDouble {
  readonly held = new Map<string, Held>();
  readonly asked: string[] = [];
  /** What every request is answered with instead; null for a lost connection. */
  trouble: Answer | null | undefined;
  /** What the last byte is answered with instead. */
  refusal: Answer | undefined;
  /** The meetings that a file has become before. */
  known: readonly string[] = [];
  /** The connection is lost after so many bytes of a body. */
  breaksAfter = Number.POSITIVE_INFINITY;

  fetch = async (url: string, { method = "GET" }: RequestInit = {}): Promise<Response> => {
    const answer = this.answer(method, url, {}, 0);
    if (answer === null) throw new TypeError("failed to fetch");
    return new Response(answer.body ?? null, answer);
  };

  answer(method: string, url: string, headers: Record<string, string>, size: number): Answer | null {
    this.asked.push(`${method} ${size}`);
    if (this.trouble !== undefined) return this.trouble;
    if (method === "POST") return this.create(headers);
    const held = this.held.get(url.slice(url.lastIndexOf("/") + 1));
    if (held === undefined) return problem(404, "there is no upload");
    if (method === "DELETE") this.held.delete(held.id);
    return method === "PATCH" ? this.append(held, headers, size) : { status: 204, headers: standing(held) };
  }

  private create(headers: Record<string, string>): Answer {
    const id = `u${this.held.size + 1}`;
    const metadata = headers["Upload-Metadata"] ?? "";
    const said = new Map(metadata.split(",").map((pair) => [pair.split(" ")[0], atob(pair.split(" ")[1] ?? "")]));
    const [name = "", project = ""] = [said.get("filename"), said.get("project")];
    const length = Number(headers["Upload-Length"]);
    this.held.set(id, { id, name, project, length, offset: 0, created_at: "2026-03-04T11:00:00Z", metadata });
    return { status: 201, headers: { Location: `${RESUMABLE}/${id}` } };
  }

  private append(held: Held, headers: Record<string, string>, size: number): Answer | null {
    if (Number(headers["Upload-Offset"]) !== held.offset) return problem(409, "other bytes have arrived");
    held.offset += Math.min(size, this.breaksAfter);
    if (size > this.breaksAfter) return null;
    if (held.offset < held.length) return { status: 204, headers: standing(held) };
    if (this.refusal === undefined) return { status: 204, headers: { ...standing(held), ...this.taken() } };
    this.held.delete(held.id);
    return this.refusal;
  }

  private taken(): Record<string, string> {
    const known = this.known.length > 0 && { "Huimai-Duplicates": this.known.join(",") };
    return { "Huimai-Meetings": "m1,m2", ...known };
  }
}

/** For tests: a problem document. */
export const problem = (status: number, detail: string): Answer => ({ status, body: JSON.stringify({ detail }) });

const standing = ({ offset, length, metadata }: Held) => ({
  "Upload-Offset": `${offset}`,
  "Upload-Length": `${length}`,
  "Upload-Metadata": metadata,
});

/** For tests: an XMLHttpRequest that asks the double. */
export const requestTo = (server: TusDouble) =>
  class {
    upload: { onprogress?: (event: { lengthComputable: boolean; loaded: number }) => void } = {};
    onload = () => undefined;
    onerror = (_event: unknown) => undefined;
    status = 0;
    responseText = "";
    private method = "";
    private url = "";
    private headers: Record<string, string> = {};
    private answered: Headers = new Headers();

    open(method: string, url: string) {
      this.method = method;
      this.url = url;
    }

    setRequestHeader(name: string, value: string) {
      this.headers[name] = value;
    }

    getResponseHeader(name: string) {
      return this.answered.get(name);
    }

    abort() {
      this.onload = () => undefined;
    }

    send(body: Blob | null) {
      const size = body?.size ?? 0;
      setTimeout(() => {
        const answer = server.answer(this.method, this.url, this.headers, size);
        if (answer === null) return this.onerror(new Event("error"));
        this.status = answer.status;
        this.responseText = this.method === "HEAD" ? "" : (answer.body ?? "");
        this.answered = new Headers(answer.headers);
        this.upload.onprogress?.({ lengthComputable: true, loaded: size });
        this.onload();
      });
    }
  };
