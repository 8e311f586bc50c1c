import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowRight, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { Section } from "../../components/Section";
import { GLOSSARY, putTerm, type Suggestion, suggestionsQuery } from "./queries";
import { suggestedTerm } from "./terms";

/** Terms that people's corrections suggest, each added with one click. Nothing is shown where there are none. */
export function Suggestions({ project }: { project: string | undefined }) {
  const { t } = useTranslation("glossary");
  const queries = useQueryClient();
  const { data: suggestions = [] } = useQuery(suggestionsQuery(project));
  const accepting = useMutation({
    mutationFn: (suggestion: Suggestion) => putTerm(suggestedTerm(suggestion, project)),
    onSuccess: () => queries.invalidateQueries({ queryKey: GLOSSARY }),
  });
  return (
    <>
      {suggestions.length > 0 && (
        <Section title={t("suggestions")} lead={t("suggestions_lead")}>
          <ul className="divide-y divide-line rounded-lg border border-line bg-raised">
            {suggestions.map((one) => (
              <SuggestionRow
                key={`${one.alias} ${one.canonical}`}
                suggestion={one}
                busy={accepting.isPending}
                onAccept={() => accepting.mutate(one)}
              />
            ))}
          </ul>
        </Section>
      )}
      {accepting.isError && <Failure error={accepting.error} />}
      <p role="status" className="sr-only">
        {accepting.isSuccess && t("accepted", { canonical: accepting.data.canonical })}
      </p>
    </>
  );
}

function SuggestionRow({
  suggestion,
  busy,
  onAccept,
}: {
  suggestion: Suggestion;
  busy: boolean;
  onAccept: () => void;
}) {
  const { t } = useTranslation("glossary");
  const { alias, canonical, times } = suggestion;
  return (
    <li className="flex items-center gap-3 py-2 pr-3 pl-4">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2">
        <bdi className="min-w-0 break-words text-quiet">{alias}</bdi>
        <ArrowRight aria-hidden className="size-4 text-quiet" />
        <bdi className="min-w-0 break-words font-medium">{canonical}</bdi>
        <span className="text-quiet text-sm">{t("suggestion_times", { count: times })}</span>
      </div>
      <Button small disabled={busy} aria-label={t("accept_term", { alias, canonical })} onClick={onAccept}>
        <Plus aria-hidden />
        {t("accept")}
      </Button>
    </li>
  );
}
