import { expect, test } from "vitest";
import { whoSpeaks } from "./whoSpeaks";

test("several who speak are all named, in their order", () => {
  expect(whoSpeaks({ speaker: null, speakers: ["Mina", "李雷"] })).toBe("Mina, 李雷");
});

test("evidence kept before it told of everybody names the one who speaks", () => {
  expect(whoSpeaks({ speaker: "Mina" })).toBe("Mina");
  expect(whoSpeaks({ speaker: "Mina", speakers: null })).toBe("Mina");
});

test("nobody is named where nobody is known", () => {
  expect(whoSpeaks({ speaker: null, speakers: [] })).toBeNull();
});
