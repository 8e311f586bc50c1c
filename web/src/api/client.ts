import createClient from "openapi-fetch";
import { spoken } from "../i18n";
import type { components, paths } from "./schema";

type Schema = components["schemas"];

/** A document as the client types it: it takes no note of how long a list is. */
type Answered<T> = T extends (infer E)[] ? Answered<E>[] : T extends object ? { [K in keyof T]: Answered<T[K]> } : T;

/** The server's documents by their names. */
export type Schemas = { [Name in keyof Schema]: Answered<Schema[Name]> };

/** The server's routes, typed by its OpenAPI document. */
export const client = createClient<paths, "application/json">({ baseUrl: "" });
client.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(inOurLanguage())) request.headers.set(name, value);
  },
});

/** The header with which the server says what it refuses in the language of the page. */
export function inOurLanguage(): { "Accept-Language": string } {
  return { "Accept-Language": spoken() };
}

/** What the server says when it does not do what was asked: what happened, and what to do next. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly hint: string,
  ) {
    super(detail);
    this.name = "ProblemError";
  }
}

/** The server did not answer at all. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super("unreachable", { cause });
    this.name = "UnreachableError";
  }
}

/** The problem that a response is, whatever its body. */
export async function problemOf(response: Response): Promise<ProblemError> {
  return toProblem(response, await response.json().catch(() => undefined));
}

function toProblem(response: Response, body: unknown): ProblemError {
  const { detail, hint } = (body ?? {}) as { detail?: unknown; hint?: unknown };
  return new ProblemError(
    response.status,
    typeof detail === "string" ? detail : `${response.status} ${response.statusText}`,
    typeof hint === "string" ? hint : "",
  );
}

/** The data of an answered request. Throws ProblemError or UnreachableError. */
export async function unwrap<T>(request: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let answered: Awaited<typeof request>;
  try {
    answered = await request;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new UnreachableError(cause);
  }
  if (!answered.response.ok) throw toProblem(answered.response, answered.error);
  return answered.data as T;
}
