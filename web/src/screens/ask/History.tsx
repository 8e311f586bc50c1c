import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas, unwrap } from "../../api/client";
import { Button, IconButton } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { spoken } from "../../i18n";
import { conversationsQuery } from "./queries";

type Summary = Schemas["ConversationSummary"];

/** What was asked before, the latest first. Words that stream in beside it do not draw it anew. */
export const History = memo(function History({ shown, onGo }: { shown: string | undefined; onGo?: () => void }) {
  const { t } = useTranslation("ask");
  const [deleting, setDeleting] = useState<Summary | null>(null);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(conversationsQuery);
  const conversations = data?.pages.flatMap((page) => page.conversations) ?? [];
  return (
    <nav aria-label={t("history")} className="text-sm">
      {isPending && <Loading />}
      {error && <Failure error={error} retry={() => refetch()} />}
      {data && conversations.length === 0 && <p className="px-3 py-2 text-quiet">{t("no_history")}</p>}
      <ul className="space-y-0.5">
        {conversations.map((one) => (
          <Row key={one.id} conversation={one} onGo={onGo} onDelete={() => setDeleting(one)} />
        ))}
      </ul>
      {hasNextPage && (
        <Button small kind="quiet" disabled={isFetchingNextPage} onClick={() => fetchNextPage()} className="mt-1">
          {t("older")}
        </Button>
      )}
      {deleting && <Delete conversation={deleting} shown={deleting.id === shown} onClose={() => setDeleting(null)} />}
    </nav>
  );
});

function Row({ conversation, onGo, onDelete }: { conversation: Summary; onGo?: () => void; onDelete: () => void }) {
  const { t } = useTranslation("ask");
  const { id, title, updated_at } = conversation;
  return (
    <li className="group relative">
      <Link
        to="/conversations/$conversation"
        params={{ conversation: id }}
        onClick={onGo}
        className="block rounded-md px-3 py-1.5 pe-10 hover:bg-line/50"
        activeProps={{ className: "bg-accent-soft font-medium" }}
      >
        <bdi className="block truncate">{title}</bdi>
        <time dateTime={updated_at} className="text-quiet text-xs">
          {new Date(updated_at).toLocaleDateString(spoken(), { dateStyle: "medium" })}
        </time>
      </Link>
      <IconButton
        label={t("delete_conversation", { title })}
        onClick={onDelete}
        className="absolute end-1 top-2 !size-8 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
      >
        <Trash2 className="!size-4" />
      </IconButton>
    </li>
  );
}

function Delete({ conversation, shown, onClose }: { conversation: Summary; shown: boolean; onClose: () => void }) {
  const { t } = useTranslation(["ask", "common"]);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () =>
      unwrap(
        client.DELETE("/api/v1/conversations/{conversation_id}", {
          params: { path: { conversation_id: conversation.id } },
        }),
      ),
    onSuccess: async () => {
      if (shown) await navigate({ to: "/" });
      queries.removeQueries({ queryKey: ["conversations", "one", conversation.id] });
      await queries.invalidateQueries({ queryKey: conversationsQuery.queryKey });
      onClose();
    },
  });
  return (
    <Confirm
      title={t("delete_title")}
      action={t("common:delete")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p className="break-words">
        <bdi>{conversation.title}</bdi>
      </p>
      <p>{t("delete_what")}</p>
    </Confirm>
  );
}
