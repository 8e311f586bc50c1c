import type { Answer, Citation } from "./attempt";

/** Evidence for tests. */
export function citation(n: number, more: Partial<Citation> = {}): Citation {
  return {
    n,
    meeting_id: "3f9c1a2b7d40",
    meeting_title: "Release weekly",
    project: "Atlas",
    date: "2026-03-04",
    utterances: [41, 43],
    start: 312.4,
    end: 327.9,
    speaker: "Mina",
    quote: "We ship on April 17.",
    score: 1,
    ...more,
  };
}

/** An answer for tests. */
export function answer(more: Partial<Answer> = {}): Answer {
  return {
    question: "When do we ship?",
    answer: "The release ships on April 17 [1].",
    claims: [{ text: "The release ships on April 17.", citations: [1], verdict: "supported", reason: "" }],
    citations: [citation(1)],
    abstained: false,
    coverage: { in_scope: 12, searched: 12, read: 3, failed: [] },
    model: "qwen2.5-1.5b",
    tier: "local",
    tier_reason: "local: about 900 tokens to read",
    usage: { prompt_tokens: 812, completion_tokens: 40, cost_usd: 0, cost: { amount: 0, currency: "USD" } },
    took_ms: 5210,
    first_token_ms: 3100,
    conversation_id: "c0ffee123456",
    message_id: "5eed00112233",
    notes: [],
    ...more,
  };
}
