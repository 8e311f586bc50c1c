import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { asking, useAttempt } from "./asking";
import type { Answer, Attempt } from "./attempt";
import { conversationQuery, conversationsQuery } from "./queries";

/** What a conversation shows: its answers, the question that is being asked, and how the reading of it went. */
export interface Shown {
  messages: Answer[];
  /** The latest question, until its answer is among the messages. */
  attempt: Attempt | undefined;
  kept: { title: string; scope: Record<string, unknown> } | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => void;
}

/** A conversation, or the one to be; as soon as the server has begun it, it moves to its own address. */
export function useConversation(id: string | undefined): Shown {
  const { data, error, isLoading, refetch } = useQuery({ ...conversationQuery(id ?? ""), enabled: id !== undefined });
  const latest = useAttempt(id);
  const messages = data?.messages ?? [];
  const settled = messages.some(({ message_id }) => message_id === latest?.answer?.message_id);
  useAddress(id, latest?.conversation);
  useHandOver(latest, settled);
  return {
    messages,
    attempt: settled ? undefined : latest,
    kept: data,
    error,
    isPending: isLoading,
    refetch,
  };
}

/** Goes to the address of a conversation that has just begun, where it can be found again whatever becomes of its answer. */
function useAddress(id: string | undefined, begun: string | undefined) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    if (begun === undefined) return;
    if (id !== undefined) return asking.settle(begun);
    void queries.invalidateQueries({ queryKey: conversationsQuery.queryKey });
    void navigate({
      to: "/conversations/$conversation",
      params: { conversation: begun },
      replace: true,
      resetScroll: false,
    });
  }, [id, begun, queries, navigate]);
}

/** Gives an answer its place: reads the conversation anew, and lets go of the attempt. */
function useHandOver(latest: Attempt | undefined, settled: boolean) {
  const queries = useQueryClient();
  const answered = latest?.answer?.message_id;
  useEffect(() => {
    if (answered !== undefined && !settled) void queries.invalidateQueries({ queryKey: ["conversations"] });
  }, [answered, settled, queries]);
  useEffect(() => {
    if (latest && settled) asking.forget(latest);
  }, [latest, settled]);
}
