import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Found, saidQuery } from "./queries";
import { useSettled } from "./useSettled";

const SHORTEST = 2;
const TYPING_MS = 250;

/** What was said about a query: the passages, the words that they were found for, and how the search stands. */
export interface Said {
  results: readonly Found[];
  query: string;
  status: string;
}

/** Searches what was said while a query is typed; a very short one is not searched for. */
export function useSaid(query: string): Said {
  const { t } = useTranslation("palette");
  const settled = useSettled(query, TYPING_MS);
  const wanted = query.length >= SHORTEST;
  const enabled = wanted && settled.length >= SHORTEST;
  const said = useQuery({ ...saidQuery(settled), enabled, placeholderData: (before) => before });
  if (!wanted) return { results: [], query: settled, status: "" };
  if (said.isError) return { results: [], query: settled, status: t("search_failed") };
  if (said.data === undefined) return { results: [], query: settled, status: t("searching") };
  const { results } = said.data;
  return {
    results,
    query: settled,
    status: results.length === 0 ? t("nothing") : t("found", { count: results.length }),
  };
}
