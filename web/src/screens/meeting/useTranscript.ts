import { useQuery, useQueryClient } from "@tanstack/react-query";
import { openingQuery, spokenQuery, transcriptQuery } from "../../api/transcript";

interface Wanted {
  /** Whether it is read from its first line on. */
  fromTheStart: boolean;
  /** Whether its words were heard. */
  recorded: boolean;
}

/** A transcript as far as it is there: of a long one what is read first, then every line, then the words of each. */
export function useTranscript(meeting: string, { fromTheStart, recorded }: Wanted) {
  const queries = useQueryClient();
  const unread = queries.getQueryData(transcriptQuery(meeting).queryKey) === undefined;
  const opening = useQuery({ ...openingQuery(meeting), enabled: fromTheStart && unread });
  const whole = useQuery({ ...transcriptQuery(meeting), enabled: !opening.isLoading });
  const spoken = useQuery({ ...spokenQuery(meeting), enabled: recorded && whole.data !== undefined });
  const { error, isError, refetch } = whole;
  return { data: spoken.data ?? whole.data ?? (isError ? undefined : opening.data), error, isError, refetch };
}
