import { vi } from "vitest";

/** What was asked of the server in a test: the method, the path with its query, and the document that was sent. */
export interface Asked {
  method: string;
  path: string;
  body: unknown;
}

/**
 * Answers the requests of the app with documents by "METHOD /path", or with what a function makes of the request; what
 * is not told of gets status 404.
 */
export function serve(documents: Record<string, unknown>): Asked[] {
  const asked: Asked[] = [];
  answer = async (request) => {
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    asked.push({ method: request.method, path: pathname + search, body: text === "" ? undefined : JSON.parse(text) });
    const document = documents[`${request.method} ${pathname}`];
    if (typeof document === "function") return document(request);
    return document === undefined
      ? Response.json({ detail: "there is nothing here", hint: "" }, { status: 404 })
      : Response.json(document);
  };
  return asked;
}

let answer: (request: Request) => Promise<Response> = () => Promise.reject(new TypeError("no server"));

// the client keeps the two as they are when it is first loaded, so this file is imported before it
const Plain = globalThis.Request;
vi.stubGlobal("fetch", (request: Request) => answer(request));
vi.stubGlobal(
  "Request",
  class extends Plain {
    // outside of a browser, a request takes neither an address without a host nor jsdom's signals
    constructor(path: string, { signal: _, ...rest }: RequestInit) {
      super(new URL(path, "http://huimai.test"), rest);
    }
  },
);
