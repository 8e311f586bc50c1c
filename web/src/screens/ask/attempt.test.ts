import { expect, test } from "vitest";
import { again, begun, heard } from "./attempt";
import { answer, citation } from "./sample";
import { askBody } from "./scope";

const asked = begun(askBody("When do we ship?", {}));
const status = (stage: string, text: string) => ({ event: "status", data: { stage, text } });
const token = (text: string) => ({ event: "token", data: { text } });

test("what comes is kept in order: what is done, the evidence, the words, the answer", () => {
  const events = [
    status("retrieve", "finding what was said"),
    { event: "citation", data: citation(1) },
    { event: "citation", data: citation(2) },
    status("answer", "writing the answer"),
    token("The release "),
    token("ships."),
  ];
  const coming = events.reduce(heard, asked);
  expect(coming).toMatchObject({ state: "running", status: "writing the answer", text: "The release ships." });
  expect(coming.evidence.map(({ n }) => n)).toEqual([1, 2]);
  const done = heard(coming, { event: "done", data: answer() });
  expect(done).toMatchObject({ state: "answered", answer: answer() });
});

test("what is written a second time begins a new paragraph", () => {
  const events = [token("First."), status("verify", "checking"), status("answer", "writing"), token("Again.")];
  expect(events.reduce(heard, asked).text).toBe("First.\n\nAgain.");
});

test("what is asked once more goes into the conversation that the first event named", () => {
  const first = { event: "status", data: { stage: "scope", text: "choosing", conversation_id: "c0ffee123456" } };
  const coming = [first, status("retrieve", "finding what was said")].reduce(heard, asked);
  expect(coming.conversation).toBe("c0ffee123456");
  expect(again(coming)).toEqual({ ...asked.body, conversation_id: "c0ffee123456" });
  expect(again(asked)).toEqual(asked.body);
});

test("thoughts are kept apart from the words, each draft's in a paragraph of its own", () => {
  const thinking = (text: string) => ({ event: "thinking", data: { text } });
  const events = [
    thinking("Line "),
    thinking("one."),
    token("First."),
    status("answer", "writing"),
    thinking("Or two."),
  ];
  expect(events.reduce(heard, asked)).toMatchObject({ thoughts: "Line one.\n\nOr two.", text: "First.\n\n" });
});

test("an event that is not known changes nothing", () => {
  expect(heard(asked, { event: "applause", data: null })).toBe(asked);
});
