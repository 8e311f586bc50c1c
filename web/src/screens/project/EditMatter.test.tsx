import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { speak } from "../../i18n";
import { EditMatter } from "./EditMatter";
import { matter } from "./sample";

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

test("an edit of what was changed meanwhile is refused in words, and stays to be read", async () => {
  const { onClose } = show(() =>
    Response.json({ detail: "the item was changed meanwhile", hint: "look at it again" }, { status: 412 }),
  );
  await userEvent.type(await screen.findByLabelText("Text"), " Soon.");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain("changed meanwhile");
  expect(onClose).not.toHaveBeenCalled();
});
