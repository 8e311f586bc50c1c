import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/queries";
import { meetingQuery } from "../../api/queries";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Screen } from "../../components/Screen";
import { MeetingDesk } from "./MeetingDesk";
import { isUnderWay, refreshMeetings } from "./queries";
import { useTranscript } from "./useTranscript";

const route = getRouteApi("/meetings/$meeting");

/** One meeting: what was said in it, who said it, and what came of it. */
export function MeetingScreen() {
  const { t } = useTranslation();
  const { meeting: id } = route.useParams();
  const { line, t: second } = route.useSearch();
  const meeting = useQuery({
    ...meetingQuery(id),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? 1_500 : false),
  });
  const fromTheStart = line === undefined && second === undefined;
  const transcript = useTranscript(id, { fromTheStart, recorded: meeting.data?.has_media === true });
  useRefreshOnceDone(meeting.data);
  const missing = [meeting, transcript].find(({ data }) => data === undefined);
  if (missing?.isError) {
    return (
      <Screen title={t("meetings")}>
        <Failure error={missing.error} retry={() => missing.refetch()} />
      </Screen>
    );
  }
  if (meeting.data === undefined || transcript.data === undefined) return <Loading />;
  const { utterances } = transcript.data;
  return <MeetingDesk key={id} meeting={meeting.data} said={utterances} moment={{ line, t: second }} />;
}

/** What was worked on is asked for again once the work has ended. */
function useRefreshOnceDone(meeting: Meeting | undefined) {
  const queries = useQueryClient();
  const underWay = isUnderWay(meeting);
  const was = useRef(underWay);
  useEffect(() => {
    if (was.current && !underWay) void refreshMeetings(queries);
    was.current = underWay;
  }, [underWay, queries]);
}
