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
import { loadProse } from "./loadProse";
import { answer, citation } from "./sample";

// a busy machine takes its time
configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });
// jsdom lays nothing out
Element.prototype.scrollIntoView = () => undefined;
vi.stubGlobal("matchMedia", () => ({ matches: true }));

const DOCUMENTS = {
  "GET /api/v1/projects": [{ name: "Atlas", private: false, meetings: 2, created_at: "" }],
  "GET /api/v1/conversations": { conversations: [], next: null },
  "GET /api/v1/speaker-sides": [{ name: "Mina", side: null }],
  "POST /api/v1/models/warm-up": {},
};
const KEPT = { id: "c0ffee123456", title: "When do we ship?", scope: {}, created_at: "", updated_at: "" };

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
  const over = asking.latest(undefined);
  if (over) asking.forget(over);
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
  serve({ ...DOCUMENTS, "GET /api/v1/conversations/c0ffee123456": { ...KEPT, messages: [answer()] } });
  const router = open("/?project=Atlas");
  const stream = await ask("When do we ship?");
  expect(stream.body).toMatchObject({ question: "When do we ship?", project: "Atlas" });
  const box = screen.getByRole("textbox", { name: "Question" });

  stream.say("status", { stage: "retrieve", text: "finding what was said" });
  stream.say("citation", citation(1));
  expect(await screen.findByRole("button", { name: /^Evidence 1.*We ship/ })).toBeDefined();
  expect(screen.getAllByText("finding what was said")).not.toHaveLength(0);
  stream.say("token", { text: "The release ships" });
  expect(await screen.findByText("The release ships")).toBeDefined();

  stream.say("done", answer());
  stream.end();
  expect(await screen.findByRole("button", { name: "Evidence 1: Mina, Mar 4, 2026" })).toBeDefined();
  await waitFor(() => expect(router.state.location.pathname).toBe("/conversations/c0ffee123456"));
  await waitFor(() => expect(asking.latest(undefined)).toBeUndefined());
  expect(screen.getByText("Supported: 1")).toBeDefined();
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
