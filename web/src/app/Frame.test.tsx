import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../tests/server";
import { speak } from "../i18n";
import { Frame } from "./Frame";

vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
beforeEach(() => speak("en"));

test.each([
  ["/", "Ask"],
  ["/conversations/c0ffee123456", "Ask"],
  ["/meetings/3f9c1a2b7d40", "Meetings"],
])("at %s the way to %s is the current one", async (address, name) => {
  serve({ "GET /api/v1/uploads": { uploads: [] } });
  const root = createRootRoute({ component: Frame });
  const paths = ["/", "/conversations/$conversation", "/meetings", "/meetings/$meeting"];
  const router = createRouter({
    routeTree: root.addChildren(paths.map((path) => createRoute({ getParentRoute: () => root, path }))),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  const menu = await screen.findByRole("navigation", { name: "Menu" });
  const current = [...menu.querySelectorAll("[aria-current=page]")];
  expect(current.map((way) => way.textContent)).toEqual([name]);
});
