import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";
import { serve } from "../../../tests/server";
import { useTranscript } from "./useTranscript";

const PATH = "/api/v1/meetings/m1/transcript";

/** The transcript of a server that has as many lines as it is asked for, and holds every answer back until it is told. */
function asked(wanted: { fromTheStart: boolean; recorded: boolean }) {
  const answers: (() => void)[] = [];
  const requests = serve({
    [`GET ${PATH}`]: ({ url }: Request) =>
      new Promise<Response>((answered) => {
        const last = new URL(url).searchParams.get("last") ?? "999";
        answers.push(() => answered(Response.json({ utterances: Array.from({ length: Number(last) + 1 }) })));
      }),
  });
  const queries = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useTranscript("m1", wanted), { wrapper });
  const count = () => result.current.data?.utterances.length;
  const answer = async () => {
    await vi.waitFor(() => expect(answers).not.toEqual([]));
    answers.shift()?.();
  };
  return { requests, count, answer };
}

test("what is read first is there before the whole, and the words come last", async () => {
  const { requests, count, answer } = asked({ fromTheStart: true, recorded: true });
  expect(count()).toBeUndefined();
  await answer();
  await vi.waitFor(() => expect(count()).toBe(100));
  await answer();
  await vi.waitFor(() => expect(count()).toBe(1000));
  await vi.waitFor(() => expect(requests).toHaveLength(3));
  expect(requests.map(({ path }) => path.slice(PATH.length))).toEqual([
    "?format=json&last=99",
    "?format=json",
    "?format=json&words=true",
  ]);
});

test("a place inside is looked for in the whole", async () => {
  const { requests, count, answer } = asked({ fromTheStart: false, recorded: false });
  await answer();
  await vi.waitFor(() => expect(count()).toBe(1000));
  expect(requests).toHaveLength(1);
});
