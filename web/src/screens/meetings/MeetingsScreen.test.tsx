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
import { problem, requestTo, TusDouble } from "../../uploads/tusDouble";
import { UploadsProvider } from "../../uploads/Uploads";
import { MeetingsScreen } from "./MeetingsScreen";
import { meeting } from "./sample";

// a busy machine takes its time
configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 20_000 });

vi.mock("tus-js-client", () => vi.importActual("tus-js-client/lib.es5/browser/index.js"));
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);

const DOCUMENTS = {
  "GET /api/v1/projects": [{ name: "Atlas", private: false, meetings: 2, created_at: "" }],
  "GET /api/v1/jobs": [],
  "GET /api/v1/meetings": { meetings: [], next: null, total: 0 },
  "GET /api/v1/resumable-uploads": [],
};
const weekly = new File(["sound"], "2026-03-04 weekly.m4a", { type: "audio/mp4" });
let server: TusDouble;

beforeEach(() => {
  speak("en");
  server = new TusDouble();
  vi.stubGlobal("XMLHttpRequest", requestTo(server));
});

function open() {
  const root = createRootRoute();
  const meetings = createRoute({
    getParentRoute: () => root,
    path: "/meetings",
    component: () => (
      <UploadsProvider>
        <MeetingsScreen />
      </UploadsProvider>
    ),
  });
  const meetingRoute = createRoute({ getParentRoute: () => root, path: "/meetings/$meeting" });
  const router = createRouter({
    routeTree: root.addChildren([meetings, meetingRoute]),
    history: createMemoryHistory({ initialEntries: ["/meetings"] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

test("the newest meetings are counted with all others before these have come, which follow by themselves", async () => {
  const newest = { meetings: [meeting("Newest", "2026-03-04")], next: "2026-03-04_m", total: 2 };
  let answerTheRest: (response: Response) => void = () => undefined;
  const asked = serve({
    ...DOCUMENTS,
    "GET /api/v1/meetings": ({ url }: Request) =>
      new URL(url).searchParams.has("cursor")
        ? new Promise<Response>((answered) => {
            answerTheRest = answered;
          })
        : Response.json(newest),
  });
  open();
  expect(await screen.findByRole("link", { name: "Newest" })).toBeTruthy();
  expect(screen.getByText("Meetings: 2")).toBeTruthy();
  expect(screen.getByRole("heading", { name: "March 2026" })).toBeTruthy();
  await vi.waitFor(() => expect(asked.at(-1)?.path).toContain("cursor=2026-03-04_m"));
  answerTheRest(Response.json({ meetings: [meeting("Oldest", "2026-03-01")], next: null, total: 2 }));
  expect(await screen.findByRole("heading", { name: "March 2026 2" })).toBeTruthy();
  const pages = asked.filter(({ path }) => path.startsWith("/api/v1/meetings"));
  expect(pages.map(({ path }) => path)).toEqual([
    "/api/v1/meetings?order=newest&limit=50",
    "/api/v1/meetings?order=newest&limit=500&cursor=2026-03-04_m",
  ]);
});

async function choose(file: File) {
  await screen.findByText("There are no meetings yet");
  const input = document.querySelector<HTMLInputElement>('input[type="file"]');
  if (input === null) throw new Error("no files can be chosen");
  await userEvent.upload(input, file);
  return screen.findByRole("dialog", { name: "Add files" });
}

test("chosen files are shown with the date they will get, and go to the project that is named", async () => {
  serve(DOCUMENTS);
  open();
  await choose(weekly);
  const date = screen.getByLabelText("Date of 2026-03-04 weekly.m4a");
  expect(date).toHaveProperty("value", "2026-03-04");
  expect(screen.getByText("from the file's name")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Upload (1)" }).ariaDisabled).toBe("true");

  await userEvent.type(screen.getByLabelText("Project"), "Borealis");
  expect(screen.getByText("A new project “Borealis” is made")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Upload (1)" }));

  const links = await screen.findAllByRole("link", { name: "Open the meeting" });
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/meetings/m1", "/meetings/m2"]);
  expect(server.held.get("u1")).toMatchObject({ project: "Borealis", length: 5, offset: 5 });
});

test.each([
  { known: ["m1", "m2"], said: /^Already there: nothing was added twice · 0 kB/ },
  { known: ["m2"], said: /^Received · 0 kB · meetings that were there already: 1/ },
])("of a file whose meetings $known were there already that is said, with links to them", async ({ known, said }) => {
  serve(DOCUMENTS);
  server.known = known;
  open();
  await choose(weekly);
  await userEvent.type(screen.getByLabelText("Project"), "Atlas");
  await userEvent.click(screen.getByRole("button", { name: "Upload (1)" }));
  const links = await screen.findAllByRole("link", { name: "Open the meeting" });
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/meetings/m1", "/meetings/m2"]);
  expect(links[0]?.parentElement?.textContent).toMatch(said);
});

test("a file that the server refuses stands there with the server's words", async () => {
  serve(DOCUMENTS);
  server.refusal = problem(422, "weekly.m4a: the recording holds no sound");
  open();
  await choose(weekly);
  await userEvent.type(screen.getByLabelText("Project"), "Atlas");
  await userEvent.click(screen.getByRole("button", { name: "Upload (1)" }));
  expect(await screen.findByText("weekly.m4a: the recording holds no sound")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

test("what a closed page left unfinished takes the same file alone", async () => {
  const left = { id: "u9", name: weekly.name, project: "Atlas", length: 9000, offset: 4500, created_at: "" };
  serve({ ...DOCUMENTS, "GET /api/v1/resumable-uploads": [left] });
  open();
  expect(await screen.findByText("4.5 kB of 9 kB are there")).toBeTruthy();
  const button = screen.getByRole("button", { name: "Choose the file: 2026-03-04 weekly.m4a" });
  const input = button.parentElement?.querySelector("input");
  if (!input) throw new Error("the file cannot be chosen");
  await userEvent.upload(input, weekly);
  expect((await screen.findByRole("alert")).textContent).toContain("That is not the same file");
  expect(server.asked).toEqual([]);
});
