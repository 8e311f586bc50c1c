import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { EvidenceProvider } from "../../evidence/EvidencePanel";
import { i18n } from "../../i18n";
import { PlayerProvider } from "../../player/Player";
import { ComparisonView } from "./ComparisonView";
import type { Comparison } from "./queries";
import { commitment, comparison, link, rowOf, step } from "./samples";

const redates = link("i-2026-03-09", "i-2026-03-02");
const moved = commitment(
  [
    step("2026-03-02", { text: "The guide is done by the 10th.", owner: "Mina", due: "2026-03-10" }),
    step("2026-03-09", { text: "I need until the 17th.", owner: "Mina", due: "2026-03-17", type: "re-dates" }),
  ],
  { status: "re-dated", links: [redates] },
);

beforeEach(async () => {
  await i18n.changeLanguage("en");
});

function show(found: Comparison) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PlayerProvider>
        <EvidenceProvider>
          <ComparisonView project="Atlas" comparison={found} />
        </EvidenceProvider>
      </PlayerProvider>
    </QueryClientProvider>,
  );
}

test("a matter is shown with what was said before and now, whose it is and by when", () => {
  show(comparison({ changed: [rowOf(moved)] }));
  const part = screen.getByRole("region", { name: "Changed · 1" });
  const row = within(part).getByRole("article");
  expect(row.textContent).toContain("Owner Mina");
  expect(row.textContent).toContain("Due Mar 17, 2026 (was Mar 10, 2026)");
  expect(within(row).getByRole("button", { name: /Mar 2, 2026.*The guide is done by the 10th/s })).toBeTruthy();
  expect(within(row).getByRole("button", { name: /Mar 9, 2026.*I need until the 17th/s })).toBeTruthy();
  expect(screen.queryByRole("region", { name: /New/ })).toBeNull();
});

test("who owes what is a table, and the bars have one too", () => {
  show(comparison({ changed: [rowOf(moved)] }));
  const owed = screen.getByRole("table", { name: "Who owes what" });
  expect(within(owed).getByRole("rowheader", { name: /Mina/ })).toBeTruthy();
  expect(screen.getByText(/promised Mar 2, 2026, was due Mar 10, 2026, due Mar 17, 2026/)).toBeTruthy();
});

test("a rejected link can be taken back", async () => {
  const path = "/api/v1/links/i-2026-03-09/i-2026-03-02";
  const asked = serve({ [`PUT ${path}`]: {} });
  show(comparison({ changed: [rowOf(moved)] }));
  await userEvent.click(screen.getByRole("button", { name: "Not so" }));
  const undo = await screen.findByRole("button", { name: "Undo" });
  expect(document.activeElement).toBe(undo);
  await userEvent.click(undo);
  await vi.waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
  expect(asked).toEqual([
    { method: "PUT", path, body: { confirmed: false } },
    { method: "PUT", path, body: { confirmed: null } },
  ]);
});

test("two that conflict can be judged", async () => {
  const conflict = link("i-2026-03-09", "i-2026-03-02", { type: "conflicts", reason: "says_otherwise", joins: false });
  const path = "/api/v1/links/i-2026-03-09/i-2026-03-02";
  const asked = serve({ [`PUT ${path}`]: {} });
  show(comparison({ conflicts: [{ ...rowOf(moved), item: null, link: conflict }] }));
  await userEvent.click(screen.getByRole("button", { name: "Not so" }));
  await screen.findByText("These are not in conflict any more");
  expect(asked).toEqual([{ method: "PUT", path, body: { confirmed: false } }]);
});

test("where nothing was found it says so", () => {
  show(comparison({ coverage: { in_scope: 3, searched: 3, read: 2, failed: [] } }));
  expect(screen.getByText(/No decision, commitment/)).toBeTruthy();
  expect(screen.getByText(/Meetings read: 2 of 3 · still to be read: 1/)).toBeTruthy();
});
