import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { configure, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { speak } from "../../i18n";
import { JobsScreen } from "./JobsScreen";
import type { Job, Reading } from "./queries";

// a busy machine takes its time
configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 20_000 });

const job = (id: string, title: string, more: Partial<Job>): Job => ({
  id,
  kind: "ingest",
  meeting_id: id,
  title,
  date: "2026-03-04",
  project: "Atlas",
  stage: "ready",
  progress: 1,
  eta_seconds: null,
  error: null,
  hint: null,
  cancelled: false,
  created_at: "2026-03-04T09:00:00Z",
  started_at: "2026-03-04T09:00:00Z",
  finished_at: "2026-03-04T09:03:00Z",
  ...more,
});
const reading = (id: string, title: string, more: Partial<Reading>): Reading => ({
  id,
  title,
  date: "2026-03-04",
  state: "read",
  error: null,
  hint: null,
  spent: {},
  lost: 0,
  ...more,
});
const running = job("m1", "Planning", { stage: "transcribe", progress: 0.5, eta_seconds: 60, finished_at: null });
const failed = job("m2", "Retro", { stage: "failed", error: "it holds no sound", hint: "export it again" });
const DOCUMENTS = {
  "GET /api/v1/projects": [{ name: "Atlas", private: false, meetings: 3, created_at: "" }],
  "GET /api/v1/jobs": ({ url }: Request) =>
    Response.json(url.includes("active=true") ? [running] : [running, failed, job("m3", "Weekly", {})]),
  "GET /api/v1/readings": {
    readings: [
      reading("m3", "Weekly", { spent: { model: "qwen3" } }),
      reading("m4", "Kick-off", {}),
      reading("m5", "Review", { state: "failed", error: "the model did not answer" }),
    ],
  },
};

function open() {
  const root = createRootRoute();
  const jobs = createRoute({ getParentRoute: () => root, path: "/jobs", component: JobsScreen });
  const meeting = createRoute({ getParentRoute: () => root, path: "/meetings/$meeting" });
  const router = createRouter({
    routeTree: root.addChildren([jobs, meeting]),
    history: createMemoryHistory({ initialEntries: ["/jobs"] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

beforeEach(() => speak("en"));

test("what runs tells its stage, what failed its reason, what is done how long it took", async () => {
  serve(DOCUMENTS);
  open();
  expect(await screen.findByText("Step 3 of 7: Transcribing · 50% · 1 min left")).toBeTruthy();
  expect(await screen.findByText("it holds no sound")).toBeTruthy();
  expect(screen.getByText("export it again")).toBeTruthy();
  expect(screen.getByText(/took 3 min/)).toBeTruthy();
});

test("a failed job is tried again, one that runs is cancelled", async () => {
  const asked = serve({ ...DOCUMENTS, "POST /api/v1/jobs/m2/retry": failed, "POST /api/v1/jobs/m1/cancel": running });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Try again: Retro, Mar 4, 2026" }));
  await userEvent.click(screen.getByRole("button", { name: "Cancel: Planning, Mar 4, 2026" }));
  const posted = () => asked.filter(({ method }) => method === "POST").map(({ path }) => path);
  await vi.waitFor(() => expect(posted()).toEqual(["/api/v1/jobs/m2/retry", "/api/v1/jobs/m1/cancel"]), 5_000);
});

test("a job that a person stopped says so in words, and no command", async () => {
  const stopped = { ...failed, error: "已取消", hint: "运行 `huimai jobs retry m2` 从停下的地方继续", cancelled: true };
  serve({
    ...DOCUMENTS,
    "GET /api/v1/jobs": ({ url }: Request) => Response.json(url.includes("active") ? [] : [stopped]),
  });
  open();
  expect(await screen.findByText("Cancelled; another try goes on where it stopped")).toBeTruthy();
  expect(screen.queryByText(/huimai jobs retry/)).toBeNull();
});

test("two entries of one title are told apart by their days", async () => {
  const weeks = ["2026-03-04", "2026-03-11"].map((date, at) => reading(`m${at}`, "Weekly", { date }));
  serve({ ...DOCUMENTS, "GET /api/v1/readings": { readings: weeks } });
  open();
  expect(await screen.findByRole("button", { name: "Read again: Weekly, Mar 4, 2026" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Read again: Weekly, Mar 11, 2026" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Weekly", description: /Mar 11, 2026/ })).toBeTruthy();
});

test("a reading tells what read it, or why it failed", async () => {
  serve(DOCUMENTS);
  open();
  expect(await screen.findByText(/Read by qwen3 and by rules/)).toBeTruthy();
  expect(screen.getByText(/· Read by rules/)).toBeTruthy();
  expect(screen.getByText("the model did not answer")).toBeTruthy();
});
