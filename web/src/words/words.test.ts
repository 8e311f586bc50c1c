import { expect, test } from "vitest";
import { words } from ".";

const places = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((found) => found[1]).sort();

test("both languages say everything, with the same places to fill", () => {
  for (const [screen, en] of Object.entries(words.en)) {
    const zh = words.zh[screen as keyof typeof words.zh] as Record<string, string>;
    for (const [key, said] of Object.entries(en)) {
      expect(said, `${screen}.${key}`).not.toBe("");
      expect(places(zh[key] ?? ""), `${screen}.${key}`).toEqual(places(said));
    }
  }
});
