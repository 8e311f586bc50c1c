import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import Palette from "./Palette";

// jsdom lays nothing out
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
Element.prototype.scrollIntoView = () => undefined;

const found = {
  meeting_id: "m1",
  meeting_title: "Release weekly",
  project: "Atlas",
  date: "2026-03-04",
  utterances: [40, 41],
  best: [40, 41],
  start: 1,
  end: 2,
  speaker: null,
  score: 1,
  quote: "Good morning.\nThe certificate runs out in April.",
  text: "Mina: Good morning.\nJon: The certificate runs out in April.",
};
const meeting = { id: "m1", title: "Release weekly", date: "2026-03-04", project: "Atlas" };

/** The meetings that the server finds for words of their titles. */
const page = (words: string) => {
  const meetings = words === "weekly" ? [meeting] : [];
  return { meetings, next: null, total: meetings.length };
};

/** The palette over an empty page, and where it leads. */
async function open() {
  serve({
    "GET /api/v1/projects": [{ name: "Atlas", private: false, meetings: 1, created_at: "" }],
    "GET /api/v1/meetings": ({ url }: Request) => Response.json(page(new URL(url).searchParams.get("q") ?? "")),
    "POST /api/v1/search": { query: "", results: [found], took_ms: 1, recipe: "hybrid" },
  });
  const onClose = vi.fn();
  const root = createRootRoute({ component: () => <Palette onClose={onClose} />, notFoundComponent: () => null });
  const router = createRouter({ routeTree: root, history: createMemoryHistory({ initialEntries: ["/jobs"] }) });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  const field = await screen.findByRole("combobox");
  const type = (value: string) => fireEvent.change(field, { target: { value } });
  const enter = () => fireEvent.keyDown(field, { key: "Enter" });
  return { onClose, router, type, enter };
}

test("what was said is found while it is typed, and opens at its line", async () => {
  const { router, type, onClose } = await open();
  type("certificate");
  fireEvent.click(await screen.findByText("The certificate runs out in April."));
  expect(onClose).toHaveBeenCalled();
  await vi.waitFor(() => expect(router.history.location.href).toBe("/meetings/m1?line=41"));
});

test("a meeting is looked for by its title on the server, and opened", async () => {
  const { router, type } = await open();
  type("weekly");
  fireEvent.click(await screen.findByText("Release weekly"));
  await vi.waitFor(() => expect(router.history.location.href).toBe("/meetings/m1"));
});

test("a screen is gone to by its name and Enter", async () => {
  const { router, type, enter } = await open();
  type("gloss");
  await screen.findByRole("option", { name: "Glossary", selected: true });
  enter();
  await vi.waitFor(() => expect(router.history.location.href).toBe("/glossary"));
});

test("what begins with the word for asking is asked, without that word", async () => {
  const { router, type, enter } = await open();
  type("ask: when do we ship?");
  await screen.findByRole("option", { name: "Ask: when do we ship?", selected: true });
  enter();
  await vi.waitFor(() => expect(router.history.location.pathname).toBe("/"));
  expect(new URLSearchParams(router.history.location.search).get("q")).toBe("when do we ship?");
});
