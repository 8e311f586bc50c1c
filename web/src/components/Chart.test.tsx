import { render, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Chart } from "./Chart";

vi.mock("./ChartDrawing", () => ({ default: () => null }));

test("a chart is told in words, and as a table", () => {
  const table = { columns: ["Day", "Value"], rows: [["4 March", "97.5%"]] };
  render(<Chart label="Crash free, day by day" option={{}} table={table} />);
  expect(screen.getByRole("img", { name: "Crash free, day by day" })).toBeTruthy();
  const shown = within(screen.getByRole("table", { name: "Crash free, day by day", hidden: true }));
  expect(shown.getByRole("rowheader", { name: "4 March", hidden: true })).toBeTruthy();
  expect(shown.getByRole("cell", { name: "97.5%", hidden: true })).toBeTruthy();
});
