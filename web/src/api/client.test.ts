import { afterEach, expect, test, vi } from "vitest";
import { serve } from "../../tests/server";
import { speak } from "../i18n";
import { client } from "./client";
import { postEvents } from "./events";

afterEach(() => speak("en"));

test.each(["zh", "en"] as const)("the server is asked to speak as the page does: %s", async (language) => {
  let accepted: string | null = null;
  serve({
    "GET /api/v1/projects": (request: Request) => {
      accepted = request.headers.get("Accept-Language");
      return Response.json([]);
    },
  });
  speak(language);
  await client.GET("/api/v1/projects");
  expect(accepted).toBe(language);
});

test("so is the server of a stream", async () => {
  const asked = vi.fn<typeof fetch>(async () => new Response(""));
  vi.stubGlobal("fetch", asked);
  speak("zh");
  for await (const _ of postEvents("/api/v1/ask", {}, new AbortController().signal));
  expect(new Headers(asked.mock.calls[0]?.[1]?.headers).get("Accept-Language")).toBe("zh");
});
