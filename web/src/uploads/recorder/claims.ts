const PREFIX = "huimai-recording-";

/** Tells the other tabs that a recording is this one's. Returns what lets go of it. */
export function claim(id: string): () => void {
  const letGo = new AbortController();
  const held = new Promise<void>((done) => letGo.signal.addEventListener("abort", () => done()));
  void navigator.locks?.request(PREFIX + id, () => held);
  return () => letGo.abort();
}

/** The recordings that some tab has claimed. */
export async function claimed(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map(({ name }) => name?.slice(PREFIX.length) ?? ""));
}
