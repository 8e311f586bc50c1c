import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { speak } from "../../i18n";
import { EditMatter } from "./EditMatter";
import { evidence, matter, step } from "./sample";

beforeEach(() => speak("en"));

const SEEN = '"seen"';

function show(edited: (request: Request) => Response) {
  const asked = serve({
    "GET /api/v1/items/i1": () => Response.json(matter({ owner: "Mina" }), { headers: { ETag: SEEN } }),
    "GET /api/v1/items/i1/history": [],
    "PATCH /api/v1/items/i1": edited,
  });
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <EditMatter project="Atlas" id="i1" onClose={onClose} />
    </QueryClientProvider>,
  );
  return { onClose, sent: () => asked.find(({ method }) => method === "PATCH")?.body };
}

test("an edit sends what was changed, and what it was made of", async () => {
  const { onClose, sent } = show(({ headers }) =>
    headers.get("If-Match") === SEEN ? Response.json(matter({ owner: "Jon" })) : new Response(null, { status: 428 }),
  );
  const owner = await screen.findByLabelText("Owner");
  await userEvent.clear(owner);
  await userEvent.type(owner, "Jon");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent()).toEqual({ owner: "Jon" });
});

test("a split says what it was made of; a part becomes no measure, which would have no value", async () => {
  const lines = { lines: [3, 4], evidence: [{ ...evidence("I'll write it.\nAnd test it."), utterances: [3, 4] }] };
  const asked = serve({
    "GET /api/v1/items/i1": () => Response.json(matter({ history: [step(lines)] }), { headers: { ETag: SEEN } }),
    "GET /api/v1/items/i1/history": [],
    "POST /api/v1/items/i1/split": ({ headers }: Request) =>
      headers.get("If-Match") === SEEN ? Response.json(matter()) : new Response(null, { status: 428 }),
  });
  const onClose = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <EditMatter project="Atlas" id="i1" onClose={onClose} />
    </QueryClientProvider>,
  );
  await userEvent.click(await screen.findByText("It says two things"));
  await userEvent.click(await screen.findByLabelText("And test it."));
  const kinds = screen.getByLabelText("What is ticked is a");
  expect([...kinds.querySelectorAll("option")].map(({ value }) => value)).not.toContain("metric");
  await userEvent.click(screen.getByRole("button", { name: "Split it" }));
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    parts: [{ lines: [3] }, { lines: [4], kind: "commitment" }],
  });
});

test("an edit of what was changed meanwhile is refused in words, and stays to be read", async () => {
  const { onClose } = show(() =>
    Response.json({ detail: "the item was changed meanwhile", hint: "look at it again" }, { status: 412 }),
  );
  await userEvent.type(await screen.findByLabelText("Text"), " Soon.");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain("changed meanwhile");
  expect(onClose).not.toHaveBeenCalled();
});
