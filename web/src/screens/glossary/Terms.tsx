import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { DeleteTerm } from "./DeleteTerm";
import { type Term, termsQuery } from "./queries";
import { TermForm } from "./TermForm";
import { isKind, matching } from "./terms";

const FILTERED_FROM = 8;

/** The terms: looked through, added, changed and deleted. */
export function Terms({ project }: { project: string | undefined }) {
  const { t } = useTranslation("glossary");
  const terms = useQuery(termsQuery(project));
  const [text, setText] = useState("");
  const [edited, setEdited] = useState<Term | "new" | null>(null);
  const [deleted, setDeleted] = useState<Term | null>(null);
  const shown = matching(terms.data ?? [], text);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-2xl text-quiet">{t("lead")}</p>
        <Button kind="accent" onClick={() => setEdited("new")}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      </div>
      {terms.isPending && <Loading />}
      {terms.isError && <Failure error={terms.error} retry={() => terms.refetch()} />}
      {terms.data && terms.data.length >= FILTERED_FROM && (
        <input
          type="search"
          aria-label={t("filter")}
          placeholder={t("filter")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="mb-3 w-full rounded-md border border-line bg-raised px-3 py-2 placeholder:text-quiet sm:max-w-xs"
        />
      )}
      {terms.data?.length === 0 && (
        <Empty title={t("none")}>
          <p>{t("none_hint")}</p>
        </Empty>
      )}
      {terms.data && terms.data.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
          {shown.map((term) => (
            <TermRow key={term.id} term={term} onEdit={() => setEdited(term)} onDelete={() => setDeleted(term)} />
          ))}
          {shown.length === 0 && <li className="px-4 py-3 text-quiet">{t("no_match")}</li>}
        </ul>
      )}
      {edited && <TermForm project={project} term={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
      {deleted && <DeleteTerm term={deleted} onClose={() => setDeleted(null)} />}
    </>
  );
}

function TermRow({ term, onEdit, onDelete }: { term: Term; onEdit: () => void; onDelete: () => void }) {
  const { t } = useTranslation("glossary");
  const { canonical, aliases, kind } = term;
  return (
    <li className="flex items-center gap-1 py-1.5 pr-2 pl-4">
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3">
        <bdi className="min-w-0 break-words font-medium">{canonical}</bdi>
        <span className="text-quiet text-sm">{isKind(kind) ? t(`kind_${kind}`) : kind}</span>
        {term.project === null && (
          <span className="rounded bg-sunken px-1.5 text-quiet text-xs">{t("shared_badge")}</span>
        )}
        {aliases.length > 0 && (
          <p className="w-full min-w-0 break-words text-quiet text-sm">
            {t("heard_as", { aliases: aliases.join(t("comma")) })}
          </p>
        )}
      </div>
      <IconButton label={t("edit_term", { term: canonical })} onClick={onEdit}>
        <Pencil />
      </IconButton>
      <IconButton label={t("delete_term", { term: canonical })} onClick={onDelete}>
        <Trash2 />
      </IconButton>
    </li>
  );
}
