import { inOurLanguage, ProblemError, problemOf, UnreachableError } from "./client";

/** One server-sent event: its name and its document. */
export interface ServerEvent {
  event: string;
  data: unknown;
}

/**
 * Posts a document and yields the events that the server answers with, until it ends the stream.
 * Throws ProblemError for an `error` event or a refused request, UnreachableError when the stream breaks off, and the
 * signal's AbortError.
 */
export async function* postEvents(url: string, body: unknown, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const response = await reached(
    fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream", ...inOurLanguage() },
      body: JSON.stringify(body),
      signal,
    }),
  );
  if (!response.ok || response.body === null) throw await problemOf(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reached(reader.read());
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const found = parsed(block);
        if (found !== null) yield found;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function reached<T>(waiting: Promise<T>): Promise<T> {
  try {
    return await waiting;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new UnreachableError(cause);
  }
}

/** The event of one block of lines; null for comments. */
function parsed(block: string): ServerEvent | null {
  const lines = block.split("\n");
  const event = lines
    .find((line) => line.startsWith("event:"))
    ?.slice(6)
    .trim();
  const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).replace(/^ /, ""));
  if (event === undefined || data.length === 0) return null;
  const value: unknown = JSON.parse(data.join("\n"));
  if (event === "error") {
    const problem = value as { status?: number; detail?: string; hint?: string };
    throw new ProblemError(problem.status ?? 500, problem.detail ?? "", problem.hint ?? "");
  }
  return { event, data: value };
}
