import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { speak } from "../../i18n";
import type { Schedule } from "./queries";
import { Schedules } from "./Schedules";
import { ownZone } from "./when";

beforeEach(() => speak("en"));

test("what is made at a time already is not planned twice", async () => {
  const planned: Schedule = {
    id: "s1",
    projects: ["Atlas"],
    weekday: "mon",
    time: "09:00",
    timezone: ownZone(),
    next: "2026-03-23T01:00:00Z",
    done: null,
    error: null,
    hint: null,
  };
  const asked = serve({ "GET /api/v1/reports/schedules": [planned], "POST /api/v1/reports/schedules": planned });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Schedules project="Atlas" />
    </QueryClientProvider>,
  );
  const sent = () => asked.flatMap(({ method, body }) => (method === "POST" ? [body] : []));
  await screen.findByText("This time is planned");
  const add = screen.getByRole("button", { name: "Add" });
  await userEvent.click(add);
  fireEvent.change(screen.getByLabelText("Time"), { target: { value: "08:30" } });
  await userEvent.click(add);
  await vi.waitFor(() => expect(sent()).toEqual([expect.objectContaining({ time: "08:30" })]));
});
