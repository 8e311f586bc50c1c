import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { serve } from "../../../tests/server";
import { Suggestions } from "./Suggestions";

const suggestion = {
  canonical: "Kestovia",
  alias: "Castovia",
  times: 2,
  lines: [],
  known_aliases: ["Kestova"],
  kind: "company",
};

test("a suggestion becomes a term of the project with one click", async () => {
  const asked = serve({
    "GET /api/v1/glossary/suggestions": [suggestion],
    "POST /api/v1/glossary": { id: "1", project: "Atlas", canonical: "Kestovia", aliases: [], kind: "company" },
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Suggestions project="Atlas" />
    </QueryClientProvider>,
  );
  await userEvent.click(await screen.findByRole("button", { name: /Castovia/ }));
  expect(await screen.findByRole("status")).toHaveProperty("textContent", expect.stringContaining("Kestovia"));
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    project: "Atlas",
    canonical: "Kestovia",
    aliases: ["Kestova", "Castovia"],
    kind: "company",
  });
});
