import { expect, test } from "vitest";
import { answer, citation } from "./sample";
import { answerMarkdown, answerUrl } from "./written";

const WORDING = { language: "en", evidence: "Evidence", unknown: "unknown speaker" };

test("an answer is copied with its evidence: where, when, who, the words", () => {
  expect(answerMarkdown(answer(), "http://huimai.test", WORDING)).toBe(
    [
      "# When do we ship?",
      "",
      "The release ships on April 17 [1].",
      "",
      "## Evidence",
      "",
      "1. [Release weekly](http://huimai.test/meetings/3f9c1a2b7d40?line=41&t=312.4) · Mar 4, 2026 · 5:12 · Mina · “We ship on April 17.”",
      "",
    ].join("\n"),
  );
});

test("a link leads to hundredths of a second, without the noise of machine numbers", () => {
  const late = citation(1, { start: 34.74799999999999 });
  expect(answerMarkdown(answer({ citations: [late] }), "", WORDING)).toContain("&t=34.75)");
});

test("names and words stay what they are when they look like markup, and what is not known is said", () => {
  const odd = citation(2, { meeting_title: "[draft] *", quote: "one\ntwo <b>", speaker: null, start: null });
  const copied = answerMarkdown(answer({ citations: [odd] }), "http://huimai.test", WORDING);
  expect(copied).toContain(
    "2. [\\[draft\\] \\*](http://huimai.test/meetings/3f9c1a2b7d40?line=41) · Mar 4, 2026 · unknown speaker · “one two \\<b\\>”",
  );
});

test("several who speak are all named", () => {
  const both = citation(1, { speaker: null, speakers: ["Mina", "Leo"] });
  expect(answerMarkdown(answer({ citations: [both] }), "", WORDING)).toContain(" · Mina, Leo · ");
});

test("without evidence there is no list of it", () => {
  expect(answerMarkdown(answer({ citations: [] }), "", WORDING)).not.toContain("Evidence");
});

test("an answer has an address of its own", () => {
  expect(answerUrl(answer(), "http://huimai.test")).toBe("http://huimai.test/conversations/c0ffee123456#5eed00112233");
});
