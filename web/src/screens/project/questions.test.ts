import { expect, test } from "vitest";
import { answerable } from "./questions";
import { claim } from "./sample";

test("questions ask for who promised most, for measures, and for what there is", () => {
  const found = answerable([
    {
      key: "people",
      claims: [
        claim("people/Tess", { counted: { commitments: 1 } }),
        claim("people/Mina/Lee", { counted: { commitments: 4 } }),
        claim("people/Jon", { counted: { commitments: 0 } }),
      ],
    },
    { key: "metrics", claims: [claim("metrics/1", { text: "Cold start: 2.4 s → 1.9 s (down)" })] },
    { key: "decisions", claims: [claim("decisions/1")] },
    { key: "questions", claims: [] },
  ]);
  expect(found).toEqual([
    { form: "promised_by", of: "Mina/Lee" },
    { form: "promised_by", of: "Tess" },
    { form: "value_of", of: "Cold start" },
    { form: "changed", of: "" },
  ]);
});
