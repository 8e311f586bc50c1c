import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { serve } from "../../../tests/server";
import { RouteFinder } from "./RouteFinder";

const tier = { level: "medium", server: "vllm", remote: false, thinking: true, context_tokens: 131072, reason: null };
const route = {
  task: "extract",
  tier: "medium",
  model: "qwen3-30b",
  server: "vllm",
  reason: "",
  reasons: [{ code: "minutes_medium", values: {}, text: "42 minutes of recording (from 10)" }],
  windowed: false,
  passes: 1,
  estimate: { prompt_tokens: 18300, completion_tokens: 4096, cost: { amount: 0.5, currency: "USD" } },
  others: [],
  refused: [],
  tiers: [
    { ...tier, tier: "medium", model: "qwen3-30b", state: "taken" },
    { ...tier, tier: "cloud", model: "qwen-max", remote: true, state: "refused", reason: "the project is private" },
  ],
};

test("asks for the work as it was described, and tells who would do it, why, and who may not", async () => {
  const asked = serve({ "GET /api/v1/projects": [], "POST /api/v1/route": route });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouteFinder />
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("checkbox"));
  fireEvent.click(screen.getByRole("button", { name: "See who would do it" }));
  expect(await screen.findByText("medium · qwen3-30b")).toBeTruthy();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    task: "extract",
    minutes: 42,
    private: true,
    language: "en",
  });
  expect(screen.getByText("42 minutes of recording (from 10)")).toBeTruthy();
  expect(screen.getByText(/18,300 tokens read.*\$0\.5/)).toBeTruthy();
  const refused = screen.getByRole("row", { name: /cloud/ });
  expect(within(refused).getByText("the project is private")).toBeTruthy();
});
