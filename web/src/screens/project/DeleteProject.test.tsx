import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { speak } from "../../i18n";
import { DeleteProject } from "./DeleteProject";

const project = { name: "Atlas / mobile", private: false, meetings: 12, created_at: "2026-01-05T08:00:00Z" };

beforeEach(() => speak("en"));

function show(answer: () => Response) {
  const asked = serve({ "DELETE /api/v1/projects/Atlas%20%2F%20mobile": answer });
  const onDeleted = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DeleteProject project={project} onDeleted={onDeleted} onClose={() => undefined} />
    </QueryClientProvider>,
  );
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Delete the project" });
  return { button, asked, onDeleted };
}

test("a project is deleted only once its name is typed", async () => {
  const { button, asked, onDeleted } = show(() => new Response(null, { status: 204 }));
  expect(screen.getByText(/All its meetings \(12\) go/)).toBeTruthy();
  const field = screen.getByLabelText("Type the name of the project to confirm");
  await userEvent.type(field, "Atlas");
  expect(button.ariaDisabled).toBe("true");
  await userEvent.type(field, " / mobile");
  await userEvent.click(button);
  await vi.waitFor(() => expect(onDeleted).toHaveBeenCalled());
  expect(asked).toHaveLength(1);
});

test("a refusal is told in place", async () => {
  const { button, onDeleted } = show(() =>
    Response.json({ detail: "the project is being read", hint: "try again in a minute" }, { status: 409 }),
  );
  await userEvent.type(screen.getByLabelText("Type the name of the project to confirm"), project.name);
  await userEvent.click(button);
  expect((await screen.findByRole("alert")).textContent).toContain("the project is being read");
  expect(onDeleted).not.toHaveBeenCalled();
});
