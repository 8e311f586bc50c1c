import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { i18n } from "../../i18n";
import { StageProgress } from "./StageProgress";

beforeEach(() => i18n.changeLanguage("en"));

test("a stage is told with its step, its share and the time left", () => {
  render(<StageProgress title="Weekly" stage="transcribe" progress={0.4} seconds={95} />);
  expect(screen.getByText("Step 3 of 7: Transcribing · 40% · 2 min left")).toBeTruthy();
  const bar = screen.getByRole("progressbar", { name: "Progress of Weekly" });
  expect(bar.getAttribute("aria-valuenow")).toBe("40");
});

test("what waits for its turn has no share and no time", () => {
  render(<StageProgress title="Weekly" stage="queued" progress={0} seconds={null} />);
  expect(screen.getByText("Queued")).toBeTruthy();
  expect(screen.queryByRole("progressbar")).toBeNull();
});
