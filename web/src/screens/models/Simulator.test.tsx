import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { serve } from "../../../tests/server";
import { Simulator } from "./Simulator";

const prices = (seller: string, currency: string, input: number) => ({
  seller,
  currency,
  read_on: "2026-08-04",
  steps: [{ up_to_tokens: null, input, output: 3 * input, thinking_output: null, cached_input: null }],
});
const card = (name: string, ...sellers: unknown[]) => ({
  name,
  family: "f",
  description: `About ${name}`,
  description_zh: "",
  context_tokens: 32768,
  extended_tokens: null,
  even_tokens: 32768,
  thinking: "never",
  hears: false,
  successor: null,
  weights: [],
  prices: sellers,
});
const bill = { costs: [{ amount: 2, currency: "USD" }], unpriced: 0 };
const bills = Object.fromEntries(["now", "then"].map((when) => [when, bill]));

test("a model that is sold and its seller are chosen from lists, and their prices are told", async () => {
  const asked = serve({
    "GET /api/v1/usage": { rows: [{ key: "medium" }, { key: null }] },
    "GET /api/v1/models/cards": [
      card("free"),
      card("small", prices("home", "USD", 1)),
      card("large", prices("home", "USD", 4), prices("abroad", "EUR", 5)),
    ],
    "POST /api/v1/usage/simulate": { ...bills, left_out: 0, unused: [], caveats: [] },
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Simulator month="2026-11" />
    </QueryClientProvider>,
  );
  const names = await screen.findByLabelText<HTMLSelectElement>("with the model");
  expect([...names.options].map(({ value }) => value)).toEqual(["small", "large"]);
  await userEvent.selectOptions(names, "large");
  expect(screen.getByText("About large")).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText("sold by"), "abroad");
  expect(screen.getByText("A million tokens: €5.00 to read, €15.00 to write")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Reckon" }));
  expect(await screen.findAllByText("$2.00")).toHaveLength(2);
  await userEvent.selectOptions(names, "small");
  expect(screen.queryByText("$2.00")).toBeNull();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    month: "2026-11",
    tiers: { medium: { card: "large", seller: "abroad" } },
  });
});
