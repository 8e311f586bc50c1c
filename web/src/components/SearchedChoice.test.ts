import { expect, test } from "vitest";
import { matching } from "./SearchedChoice";

const options = [
  { id: "1", text: "We ship on April 17.", note: "Mina · 0:05" },
  { id: "2", text: "月底发布灰度版本", note: "沈岚 · 0:12" },
];
const found = (sought: string) => matching(options, sought).map(({ id }) => id);

test("what holds all the words is found, whatever their order or case, by who said it as well", () => {
  expect(found("april SHIP")).toEqual(["1"]);
  expect(found("灰度 沈岚")).toEqual(["2"]);
  expect(found("april 灰度")).toEqual([]);
  expect(found(" ")).toEqual(["1", "2"]);
});
