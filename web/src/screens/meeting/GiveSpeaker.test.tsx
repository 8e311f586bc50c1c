import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRootRoute, createRouter, RouterContextProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import type { Utterance } from "../../api/transcript";
import { speakerColours } from "../../speakerColours";
import { type Desk, DeskContext } from "./desk";
import { GiveSpeaker } from "./GiveSpeaker";

const lines: Utterance[] = ["Speaker 2", "Mina"].map((speaker, i) => ({
  i,
  speaker,
  text: "said",
  start: i,
  end: i + 1,
}));

/** The form for a line, what was asked of the server, and what its screen was told. */
function shown(answers = {}, row = 0) {
  const asked = serve({
    "GET /api/v1/speaker-sides": [],
    "GET /api/v1/people": [],
    "POST /api/v1/meetings/m1/corrections": [{ id: "c1", lines: [0, 4] }],
    ...answers,
  });
  const desk: Desk = {
    meeting: {
      id: "m1",
      project: "Atlas",
      title: "Weekly",
      date: "2026-03-04",
      date_source: "",
      language: "en",
      duration: 2,
      has_media: true,
      source_name: "",
      stage: "ready",
      progress: 1,
      error: null,
      hint: null,
      cancelled: false,
      notes: [],
      created_at: "",
      finished_at: null,
    },
    lines,
    colours: speakerColours(lines.map(({ speaker }) => speaker)),
    target: null,
    goTo: vi.fn(),
    goToLine: vi.fn(),
    playFrom: vi.fn(),
    editing: { row, what: "speaker" },
    edit: vi.fn(),
    dialog: null,
    open: vi.fn(),
    done: null,
    tell: vi.fn(),
  };
  const line = lines[row];
  if (line === undefined) throw new Error("no line");
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterContextProvider router={createRouter({ routeTree: createRootRoute() })}>
        <DeskContext.Provider value={desk}>
          <GiveSpeaker line={line} row={row} />
        </DeskContext.Provider>
      </RouterContextProvider>
    </QueryClientProvider>,
  );
  return { desk, asked };
}

test("a name is given to all lines of a voice in the meeting, and can be taken back", async () => {
  const { desk, asked } = shown();
  await userEvent.type(screen.getByRole("combobox"), "Tess");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await vi.waitFor(() => expect(desk.tell).toHaveBeenCalledWith(expect.objectContaining({ correction: "c1" })));
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
    line: 0,
    speaker: "Tess",
    reach: "meeting",
    expected: "Speaker 2",
  });
  expect(desk.edit).toHaveBeenCalledWith(null);
});

test("a name that somebody has already is said to merge the two", async () => {
  shown();
  await userEvent.type(screen.getByRole("combobox"), "Mina");
  expect(screen.getByText(/the two become one/)).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "This line alone" }));
  expect(screen.queryByText(/the two become one/)).toBeNull();
});

test("the number of a voice is nobody's name in other meetings", () => {
  shown();
  expect(screen.getByRole<HTMLInputElement>("radio", { name: /Atlas/ }).disabled).toBe(true);
});

test("a voice that is kept by the name is said to be recognised by it", async () => {
  const mina = { id: "p1", project: "Atlas", name: "Mina", voiceprints: [{ id: "v1" }] };
  shown({ "GET /api/v1/people": [mina] }, 1);
  expect(screen.queryByRole("link", { name: /People/ })).toBeNull();
  await userEvent.click(screen.getByRole("radio", { name: /Atlas/ }));
  expect(await screen.findByText(/still recognised as “Mina”/)).toBeTruthy();
  expect(screen.getByRole("link", { name: /People/ }).getAttribute("href")).toContain("/people");
});

test("a name that the server refuses is there to be changed, with the reason", async () => {
  const refuse = () => Response.json({ detail: "line 0 was changed meanwhile", hint: "" }, { status: 409 });
  const { desk } = shown({ "POST /api/v1/meetings/m1/corrections": refuse });
  await userEvent.type(screen.getByRole("combobox"), "Tess");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await vi.waitFor(() => expect(desk.tell).toHaveBeenCalledWith({ said: "It was not saved" }));
  const reopen = vi.mocked(desk.edit).mock.lastCall?.[0];
  if (typeof reopen !== "function") throw new Error("it is not opened again");
  expect(reopen(null)).toMatchObject({ row: 0, what: "speaker", refused: { correction: { speaker: "Tess" } } });
  const other = { row: 1, what: "text" } as const;
  expect(reopen(other)).toBe(other);
});
