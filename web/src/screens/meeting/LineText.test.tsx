import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Utterance } from "../../api/transcript";
import { LineText } from "./LineText";

const line: Utterance = {
  i: 3,
  speaker: "Mina",
  text: "We ship <b>soon</b>",
  start: 5,
  end: 7,
  words: [
    { text: "We ", start: 5, end: 5.4, probability: 0.95 },
    { text: "ship ", start: 5.4, end: 6, probability: 0.31 },
    { text: "<b>soon</b>", start: 6, end: 7, probability: 0.9 },
  ],
};

test("each word can be played from, and one that was hardly heard says so", () => {
  render(<LineText line={line} word={-1} matches={[]} match={undefined} />);
  expect(screen.getByText("ship").dataset.from).toBe("5.4");
  expect(screen.getByText("ship").title).toContain("31");
  expect(screen.getByText("We").title).toBe("");
});

test("the word that plays looks otherwise than the others", () => {
  render(<LineText line={line} word={0} matches={[]} match={undefined} />);
  expect(screen.getByText("We").className).toContain("bg-accent ");
  expect(screen.getByText("ship").className).not.toContain("bg-accent ");
});

test("matches are marked, and what looks like markup stays text", () => {
  const found = { row: 0, from: 8, to: 11 };
  const { container } = render(<LineText line={line} word={-1} matches={[found]} match={found} />);
  expect(container.querySelector("mark")?.textContent).toBe("<b>");
  expect(container.querySelector("b")).toBeNull();
  expect(container.textContent).toBe("We ship <b>soon</b>");
});
