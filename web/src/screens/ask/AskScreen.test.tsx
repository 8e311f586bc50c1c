import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { configure, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { EvidenceProvider } from "../../evidence/EvidencePanel";
import { speak } from "../../i18n";
import { PlayerProvider } from "../../player/Player";
import { AskScreen } from "./AskScreen";
import { asking } from "./asking";
import type { Answer } from "./attempt";
import { loadProse } from "./loadProse";
import { answer, citation } from "./sample";

// a busy machine takes its time
configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });
// jsdom lays nothing out
Element.prototype.scrollIntoView = () => undefined;
vi.stubGlobal("matchMedia", () => ({ matches: true }));

/** The answers that the server has kept. */
let kept: Answer[] = [];
const DOCUMENTS = {
  "GET /api/v1/projects": [{ name: "Atlas", private: false, meetings: 2, created_at: "" }],
  "GET /api/v1/conversations": { conversations: [], next: null },
  "GET /api/v1/speaker-sides": [{ name: "Mina", side: null }],
  "POST /api/v1/models/warm-up": {},
  "GET /api/v1/conversations/c0ffee123456": () =>
    Response.json({
      id: "c0ffee123456",
      title: "When do we ship?",
      scope: {},
      created_at: "",
      updated_at: "",
      messages: kept,
    }),
};
const BEGUN = { stage: "scope", text: "choosing the meetings", conversation_id: "c0ffee123456" };

/** The stream of an answer that the test writes, and what it was asked with. */
interface Stream {
  body: unknown;
  say: (event: string, data: unknown) => void;
  end: () => void;
  breakOff: () => void;
  stopped: boolean;
}

let streams: Stream[] = [];

function answering(_url: string, { body, signal }: RequestInit): Promise<Response> {
  const encoder = new TextEncoder();
  const readable = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const stream: Stream = {
        body: JSON.parse(String(body)),
        say: (event, data) => controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
        end: () => controller.close(),
        breakOff: () => controller.error(new TypeError("network error")),
        stopped: false,
      };
      signal?.addEventListener("abort", () => {
        stream.stopped = true;
        controller.error(signal.reason);
      });
      streams.push(stream);
    },
  });
  return Promise.resolve(new Response(readable));
}

beforeAll(loadProse, 30_000);
beforeEach(() => {
  speak("en");
  streams = [];
  vi.stubGlobal("fetch", answering);
  kept = [];
  for (const over of [asking.latest(undefined), asking.latest("c0ffee123456")]) if (over) asking.forget(over);
});

function open(address = "/") {
  const root = createRootRoute({
    component: () => (
      <PlayerProvider>
        <EvidenceProvider>
          <Outlet />
        </EvidenceProvider>
      </PlayerProvider>
    ),
  });
  const layout = createRoute({ getParentRoute: () => root, id: "asking", component: AskScreen });
  const children = ["/", "/conversations/$conversation"].map((path) =>
    createRoute({ getParentRoute: () => layout, path }),
  );
  const router = createRouter({
    routeTree: root.addChildren([layout.addChildren(children)]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return router;
}

async function ask(question: string): Promise<Stream> {
  const before = streams.length;
  await userEvent.click(await screen.findByRole("textbox", { name: "Question" }));
  await userEvent.paste(question);
  await userEvent.keyboard("{Enter}");
  return vi.waitUntil(() => streams[before]);
}

test("evidence, words and the answer are shown as they come, and the conversation gets its address", async () => {
  serve(DOCUMENTS);
  const router = open("/?project=Atlas");
  const stream = await ask("When do we ship?");
  expect(stream.body).toMatchObject({ question: "When do we ship?", project: "Atlas" });
  const box = screen.getByRole("textbox", { name: "Question" });

  stream.say("status", BEGUN);
  await waitFor(() => expect(router.state.location.pathname).toBe("/conversations/c0ffee123456"));
  stream.say("status", { stage: "retrieve", text: "finding what was said" });
  stream.say("citation", citation(1));
  expect(await screen.findByRole("button", { name: /^Evidence 1.*We ship/ })).toBeDefined();
  expect(screen.getAllByText("finding what was said")).not.toHaveLength(0);
  stream.say("token", { text: "The release ships" });
  expect(await screen.findByText("The release ships")).toBeDefined();

  kept = [answer()];
  stream.say("done", answer());
  stream.end();
  expect(await screen.findByRole("button", { name: "Evidence 1: Mina, Mar 4, 2026" })).toBeDefined();
  await waitFor(() => expect(asking.latest("c0ffee123456")).toBeUndefined());
  expect(screen.getByText("Supported: 1")).toBeDefined();
  expect(screen.getByText("Meetings read: 3 of 12")).toBeDefined();
  expect(screen.getByRole("textbox", { name: "Question" })).toBe(box);

  expect(await ask("And then?")).toHaveProperty("body.conversation_id", "c0ffee123456");
});

test("a stopped answer stays as far as it came, and the server is told", async () => {
  serve(DOCUMENTS);
  open();
  const stream = await ask("When do we ship?");
  stream.say("token", { text: "The release" });
  await screen.findByText("The release");
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(await screen.findByText(/^Stopped/)).toBeDefined();
  expect(stream.stopped).toBe(true);
  expect(screen.getByText("The release")).toBeDefined();
});

test("a first question that was stopped is asked again, and gone on with, in the same conversation", async () => {
  serve(DOCUMENTS);
  const router = open("/?project=Atlas");
  const stream = await ask("When do we ship?");
  stream.say("status", BEGUN);
  await waitFor(() => expect(router.state.location.pathname).toBe("/conversations/c0ffee123456"));
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  await screen.findByText(/^Stopped/);
  await userEvent.click(screen.getByRole("button", { name: "Ask again" }));
  const second = await vi.waitUntil(() => streams[1]);
  expect(second.body).toEqual({ ...(stream.body as object), conversation_id: "c0ffee123456" });
  await userEvent.click(await screen.findByRole("button", { name: "Stop" }));
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Question" }));
  expect(await ask("And who tests?")).toHaveProperty("body.conversation_id", "c0ffee123456");
});

test("a question that the server has begun leaves room for the next one", async () => {
  serve(DOCUMENTS);
  const router = open();
  const stream = await ask("When do we ship?");
  stream.say("status", BEGUN);
  await userEvent.click(await screen.findByRole("button", { name: "New question" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/"));
  expect(await screen.findByText("What would you like to know?")).toBeDefined();
  expect(stream.stopped).toBe(false);
});

test("thoughts are folded, marks of words that come open their evidence, and the thoughts of an answer stay", async () => {
  serve(DOCUMENTS);
  open();
  const stream = await ask("When do we ship?");
  stream.say("status", BEGUN);
  stream.say("citation", citation(1));
  stream.say("thinking", { text: "Line one says when." });
  const fold = (await screen.findByText("Thinking…")).closest("details");
  expect(fold?.open).toBe(false);
  stream.say("token", { text: "The release ships on April 17. [1]\nRow \\[1\\] too." });
  expect(await screen.findByRole("button", { name: "Evidence 1: Mina, Mar 4, 2026" })).toBeDefined();
  expect(screen.getByText("Row [1] too.")).toBeDefined();
  expect(screen.getByText("What the model thought")).toBeDefined();

  kept = [answer()];
  stream.say("done", answer());
  stream.end();
  const how = (await screen.findByText("How this was answered")).closest("details");
  expect(how?.open).toBe(false);
  expect(how?.textContent).toContain("Line one says when.");
});

test("what came before the connection broke off stays, and can be asked again", async () => {
  serve(DOCUMENTS);
  open();
  const stream = await ask("When do we ship?");
  stream.say("citation", citation(1));
  await screen.findByRole("button", { name: /^Evidence 1/ });
  stream.breakOff();
  expect((await screen.findByRole("alert")).textContent).toContain("broke off");
  expect(screen.getByRole("button", { name: /^Evidence 1/ })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Ask again" }));
  await waitFor(() => expect(streams).toHaveLength(2));
  expect(streams[1]?.body).toEqual(stream.body);
});

test("a conversation that was deleted elsewhere says so", async () => {
  serve(DOCUMENTS);
  open("/conversations/gone");
  expect(await screen.findByText(/no longer there/)).toBeDefined();
});

test("Enter that chooses a word of an input method sends nothing", async () => {
  serve(DOCUMENTS);
  open();
  const box = await screen.findByRole("textbox", { name: "Question" });
  await userEvent.type(box, "fabu");
  const enter = new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true });
  box.dispatchEvent(enter);
  await userEvent.type(box, "{Shift>}{Enter}{/Shift}next");
  expect(box).toHaveProperty("value", "fabu\nnext");
  expect(streams).toHaveLength(0);
});
