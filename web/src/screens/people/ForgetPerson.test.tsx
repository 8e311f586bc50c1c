import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { ForgetPerson } from "./ForgetPerson";

const sample = (id: string, title: string) => ({
  id,
  meeting_id: id,
  title,
  date: "2026-03-04",
  speaker: 1,
  seconds: 60,
  model: "m",
  consented_by: "Mina",
  created_at: "2026-03-04T11:30:00Z",
});
const mina = {
  id: "9a",
  project: "Atlas",
  name: "Mina",
  voiceprints: [sample("1", "Kick-off"), sample("2", "Weekly")],
};

test("a voice is forgotten only after everything that is deleted was told", async () => {
  const asked = serve({ "DELETE /api/v1/people/9a": { meetings: ["1", "2"] } });
  const onUpdated = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ForgetPerson person={mina} onUpdated={onUpdated} onClose={() => undefined} />
    </QueryClientProvider>,
  );
  const told = screen.getByRole("alertdialog");
  expect(told.textContent).toContain("Kick-off");
  expect(told.textContent).toContain("Weekly");
  expect(asked).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Forget the voice" }));
  expect(asked).toEqual([{ method: "DELETE", path: "/api/v1/people/9a", body: undefined }]);
  await vi.waitFor(() => expect(onUpdated).toHaveBeenCalledWith(2));
});
