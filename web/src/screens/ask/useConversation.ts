import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { asking, useAttempt } from "./asking";
import type { Answer, Attempt } from "./attempt";
import { conversationQuery } from "./queries";

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

/** A conversation, or the one to be; once the first answer is there it moves to its own address. */
export function useConversation(id: string | undefined): Shown {
  const { data, error, isLoading, refetch } = useQuery({ ...conversationQuery(id ?? ""), enabled: id !== undefined });
  const latest = useAttempt(id);
  const messages = data?.messages ?? [];
  const settled = messages.some(({ message_id }) => message_id === latest?.answer?.message_id);
  useHandOver(id, latest, settled);
  return {
    messages,
    attempt: settled ? undefined : latest,
    kept: data,
    error,
    isPending: isLoading,
    refetch,
  };
}

/** Gives an answer its place: reads the conversation anew, goes to its address, lets go of the attempt. */
function useHandOver(id: string | undefined, latest: Attempt | undefined, settled: boolean) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const answered = latest?.answer?.conversation_id;
  useEffect(() => {
    if (answered === undefined || settled) return;
    void queries.invalidateQueries({ queryKey: ["conversations"] });
    if (id !== undefined) return;
    void navigate({
      to: "/conversations/$conversation",
      params: { conversation: answered },
      replace: true,
      resetScroll: false,
    });
  }, [answered, settled, id, queries, navigate]);
  useEffect(() => {
    if (latest && settled) asking.forget(latest);
  }, [latest, settled]);
}
