import { useCallback, useSyncExternalStore } from "react";
import { UnreachableError } from "../../api/client";
import { postEvents } from "../../api/events";
import { type AskBody, type Attempt, begun, heard } from "./attempt";

/** Listeners hear of changes at most this often, so that a quick model does not keep the page busy. */
const BREATH_MS = 50;
/** Stands for the conversation that the server has not begun yet. */
const NEW = "";

/**
 * The questions that are being asked, the latest of each conversation. They outlive the screen: an answer goes on
 * coming while its reader looks something up elsewhere.
 */
class Asking {
  #attempts = new Map<string, Attempt>();
  #running = new Map<string, AbortController>();
  #listeners = new Set<() => void>();
  #soon: ReturnType<typeof setTimeout> | undefined;

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The latest question of a conversation that is kept here; without one, that of a conversation to be. */
  latest(conversation: string | undefined): Attempt | undefined {
    const fresh = this.#attempts.get(NEW);
    if (conversation === undefined) return fresh;
    return this.#attempts.get(conversation) ?? (fresh?.answer?.conversation_id === conversation ? fresh : undefined);
  }

  /** Ask, and listen to the answer. What was asked before in the same conversation is stopped. */
  async ask(body: AskBody): Promise<void> {
    const key = body.conversation_id ?? NEW;
    this.#running.get(key)?.abort();
    const abort = new AbortController();
    this.#running.set(key, abort);
    let attempt = begun(body);
    const tell = (next: Attempt) => {
      attempt = next;
      if (this.#running.get(key) === abort) this.#put(key, next);
    };
    tell(attempt);
    try {
      for await (const event of postEvents("/api/v1/ask", body, abort.signal)) tell(heard(attempt, event));
      if (attempt.answer === null) throw new UnreachableError("the stream ended before the answer did");
    } catch (error) {
      if (!abort.signal.aborted) tell({ ...attempt, state: "failed", error });
    } finally {
      if (this.#running.get(key) === abort) this.#running.delete(key);
    }
  }

  /** Stop an answer; what has come of it stays. */
  stop(attempt: Attempt): void {
    const key = attempt.body.conversation_id ?? NEW;
    this.#running.get(key)?.abort();
    this.#running.delete(key);
    this.#put(key, { ...attempt, state: "stopped" });
  }

  /** Let go of a question that is over. */
  forget(attempt: Attempt): void {
    this.#attempts.delete(attempt.body.conversation_id ?? NEW);
    this.#tellAll();
  }

  #put(key: string, attempt: Attempt): void {
    this.#attempts.set(key, attempt);
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
