import { useCallback, useSyncExternalStore } from "react";
import { UnreachableError } from "../../api/client";
import { postEvents } from "../../api/events";
import { type AskBody, type Attempt, begun, heard } from "./attempt";

/** Listeners hear of changes at most this often, so that a quick model does not keep the page busy. */
const BREATH_MS = 50;
/** Stands for the conversation that has no address yet. */
const NEW = "";

/** A question that is kept here, and what stops it. */
interface Asked {
  attempt: Attempt;
  abort: AbortController;
}

/**
 * The questions that are being asked, the latest of each conversation. They outlive the screen: an answer goes on
 * coming while its reader looks something up elsewhere.
 */
class Asking {
  #asked = new Map<string, Asked>();
  #thoughts = new Map<string, string>();
  #listeners = new Set<() => void>();
  #soon: ReturnType<typeof setTimeout> | undefined;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The latest question of a conversation that is kept here; without one, that of a conversation to be. */
  latest(conversation: string | undefined): Attempt | undefined {
    const fresh = this.#asked.get(NEW)?.attempt;
    if (conversation === undefined) return fresh;
    return this.#asked.get(conversation)?.attempt ?? (fresh?.conversation === conversation ? fresh : undefined);
  }

  /** What the model thought before it wrote an answer; it is kept for as long as the page is. */
  thoughts(message: string): string | undefined {
    return this.#thoughts.get(message);
  }

  /** Ask, and listen to the answer. What was asked before in the same conversation is stopped. */
  async ask(body: AskBody): Promise<void> {
    const place = body.conversation_id ?? NEW;
    this.#asked.get(place)?.abort.abort();
    const asked: Asked = { attempt: begun(body), abort: new AbortController() };
    this.#asked.set(place, asked);
    this.#tellSoon();
    try {
      for await (const event of postEvents("/api/v1/ask", body, asked.abort.signal)) {
        this.#tell(asked, heard(asked.attempt, event));
      }
      if (asked.attempt.answer === null) throw new UnreachableError("the stream ended before the answer did");
    } catch (error) {
      this.#tell(asked, { ...asked.attempt, state: "failed", error });
    }
  }

  /** Stop an answer; what has come of it stays. */
  stop(attempt: Attempt): void {
    const [, asked] = this.#find(attempt);
    if (asked === undefined) return;
    this.#tell(asked, { ...asked.attempt, state: "stopped" });
    asked.abort.abort();
  }

  /** A conversation has its address: the next one can begin. */
  settle(conversation: string): void {
    const fresh = this.#asked.get(NEW);
    if (fresh?.attempt.conversation !== conversation) return;
    this.#asked.delete(NEW);
    this.#asked.set(conversation, fresh);
  }

  /** Let go of a question that is over. */
  forget(attempt: Attempt): void {
    const [place] = this.#find(attempt);
    if (place !== undefined) this.#asked.delete(place);
    this.#tellAll();
  }

  /** Where a question is kept; it is the same one as long as it is the same request. */
  #find({ body }: Attempt): [string, Asked] | [undefined, undefined] {
    return [...this.#asked].find(([, { attempt }]) => attempt.body === body) ?? [undefined, undefined];
  }

  #tell(asked: Asked, next: Attempt): void {
    if (asked.abort.signal.aborted) return;
    asked.attempt = next;
    if (next.answer && next.thoughts) this.#thoughts.set(next.answer.message_id, next.thoughts.trim());
    this.#tellSoon();
  }

  #tellSoon(): void {
    this.#soon ??= setTimeout(this.#tellAll, BREATH_MS);
  }

  #tellAll = () => {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    for (const listener of this.#listeners) listener();
  };
}

export const asking = new Asking();

/** The latest question of a conversation, while it is asked and until its answer has its place there. */
export function useAttempt(conversation: string | undefined): Attempt | undefined {
  return useSyncExternalStore(
    asking.subscribe,
    useCallback(() => asking.latest(conversation), [conversation]),
  );
}
