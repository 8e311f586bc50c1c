import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Resting, useRested } from "./rest";

function Row() {
  return useRested() ? "whole" : "passing";
}

test("a row that comes while the list moves is whole once it rests, and stays so", () => {
  const list = (resting: boolean) => (
    <Resting value={resting}>
      <Row />
    </Resting>
  );
  const { rerender } = render(list(false));
  expect(screen.getByText("passing")).toBeTruthy();
  rerender(list(true));
  expect(screen.getByText("whole")).toBeTruthy();
  rerender(list(false));
  expect(screen.getByText("whole")).toBeTruthy();
});
