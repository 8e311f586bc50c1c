import { expect, test } from "vitest";
import { bySection, compared } from "./changed";
import { claim } from "./sample";

const marked = (stretches: { text: string; same: boolean }[]) =>
  stretches.map(({ text, same }) => (same ? text : `[${text}]`)).join("");

test("changes stand by section, what matters most first", () => {
  const decision = claim("decisions/1");
  const found = bySection({
    new: [claim("timeline/1"), decision],
    gone: [claim("questions/1")],
    changed: [{ before: claim("people/Mina"), after: claim("people/Mina", { text: "now" }) }],
  });
  expect(found.map(({ key }) => key)).toEqual(["decisions", "questions", "people", "timeline"]);
  expect(found[0]).toEqual({ key: "decisions", added: [decision], changed: [], gone: [] });
});

test("of two statements, the words are marked that only one of them says", () => {
  const { before, after } = compared("We ship on April 10, as said.", "We ship on April 17, as said.", "en");
  expect([marked(before), marked(after)]).toEqual([
    "We ship on April [10], as said.",
    "We ship on April [17], as said.",
  ]);
});

test("words that are new together are marked together", () => {
  const { after } = compared("We ship the app on Friday.", "We ship the app on the next big day, Friday.", "en");
  expect(marked(after)).toBe("We ship the app on [the next big day, ]Friday.");
});

test("Chinese is compared word by word, too", () => {
  const { before, after } = compared("预算定在十五万，由沈岚负责", "预算定在二十万，由沈岚负责", "zh");
  expect(marked(before)).toContain("由沈岚负责");
  expect(before.some(({ same }) => !same) && after.some(({ same }) => !same)).toBe(true);
});

test("statements that share little are left as they are", () => {
  const { before, after } = compared("We keep iOS 15.", "Fine by me, so the minimum is another from now on.", "en");
  expect([...before, ...after].every(({ same }) => same)).toBe(true);
});
