import { expect, test } from "vitest";
import { aliasesOf, matching, suggestedTerm } from "./terms";

test("aliases are parted by the commas of both languages, and each is there once", () => {
  expect(aliasesOf(" quill gate, 奎尔盖特，quilgate、quill gate;; ")).toEqual(["quill gate", "奎尔盖特", "quilgate"]);
  expect(aliasesOf("  ")).toEqual([]);
});

test("a term is found by its spelling and by its aliases, whatever their case", () => {
  const term = (canonical: string, ...aliases: string[]) => ({
    id: canonical,
    project: null,
    canonical,
    aliases,
    kind: "term",
  });
  const terms = [term("Quillgate", "quill gate"), term("綦薇", "齐薇")];
  expect(matching(terms, "QUILL ").map((one) => one.id)).toEqual(["Quillgate"]);
  expect(matching(terms, "齐").map((one) => one.id)).toEqual(["綦薇"]);
  expect(matching(terms, "")).toHaveLength(2);
});

test("a suggestion keeps the aliases and the kind that are known", () => {
  const suggestion = { canonical: "Kestovia", alias: "Castovia", times: 1, lines: [] };
  expect(suggestedTerm({ ...suggestion, known_aliases: ["Kestova"], kind: "company" }, "Atlas")).toEqual({
    project: "Atlas",
    canonical: "Kestovia",
    aliases: ["Kestova", "Castovia"],
    kind: "company",
  });
  expect(suggestedTerm({ ...suggestion, known_aliases: [], kind: null }, undefined).kind).toBe("term");
});
