import { expect, test } from "vitest";
import { roughHeight } from "./heights";

test("a row is as high as its lines of text, and its name", () => {
  expect(roughHeight("", false)).toBe(32);
  expect(roughHeight("I shall write it down.", false)).toBe(32);
  expect(roughHeight("I shall write it down.", true)).toBe(68);
  expect(roughHeight("word ".repeat(20), false)).toBe(57);
});

test("Chinese takes twice the room", () => {
  expect([35, 37].map((letters) => roughHeight("会".repeat(letters), false))).toEqual([32, 57]);
});
