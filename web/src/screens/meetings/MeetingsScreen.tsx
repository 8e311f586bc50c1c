import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Meeting } from "../../api/queries";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { ProjectChoice } from "../../components/ProjectChoice";
import { Screen } from "../../components/Screen";
import { LeftRecordings } from "../../uploads/recorder/LeftRecordings";
import { RecorderPanel } from "../../uploads/recorder/RecorderPanel";
import { UnfinishedUploads } from "../../uploads/UnfinishedUploads";
import { UploadList } from "../../uploads/UploadList";
import { useActiveJobs } from "../jobs/queries";
import { Intake } from "./Intake";
import { MeetingList } from "./MeetingList";
import { byMonth, titled } from "./months";
import { newestMeetingsQuery } from "./queries";

/** All meetings by month, and the ways to add more. */
export function MeetingsScreen() {
  const { t } = useTranslation();
  const { project } = useSearch({ from: "/meetings" });
  const { data, areAll, error, retry } = useNewestMeetings(project);
  const isOnItsWay = !areAll && error === null;
  return (
    <Screen title={t("meetings")} actions={<Intake project={project ?? ""} />}>
      <RecorderPanel />
      <div className="mb-8 empty:hidden">
        <LeftRecordings />
        <UploadList />
        <UnfinishedUploads />
      </div>
      {error !== null && <Failure error={error} retry={() => void retry()} />}
      {data === undefined ? isOnItsWay && <Loading /> : <Meetings {...data} areAll={areAll} project={project} />}
      {data !== undefined && isOnItsWay && <Loading />}
    </Screen>
  );
}

/** The meetings as they come: the newest at once, then all others, so that the filter finds every one. */
function useNewestMeetings(project: string | undefined) {
  const { data, error, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, refetch } = useInfiniteQuery(
    newestMeetingsQuery(project),
  );
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  return {
    data,
    areAll: data !== undefined && !hasNextPage,
    error,
    retry: isFetchNextPageError ? fetchNextPage : refetch,
  };
}

function Meetings({
  meetings,
  total,
  areAll,
  project,
}: {
  meetings: readonly Meeting[];
  total: number;
  areAll: boolean;
  project: string | undefined;
}) {
  const { t } = useTranslation("meetings");
  const [text, setText] = useState("");
  const sought = useDeferredValue(text);
  const found = useMemo(() => titled(meetings, sought), [meetings, sought]);
  const all = areAll ? meetings.length : total;
  const rows = useMemo(() => byMonth(found, areAll), [found, areAll]);
  const { data: active } = useActiveJobs();
  const jobs = useMemo(() => new Map(active?.map((job) => [job.id, job])), [active]);
  return (
    <>
      <Filters project={project} text={text} onText={setText} />
      <p role="status" className="mt-3 text-quiet text-sm tabular-nums">
        {found.length === meetings.length
          ? t("counted", { count: all })
          : t("counted_of", { count: found.length, all })}
      </p>
      {meetings.length === 0 && <Empty title={t("none")}>{t("none_hint")}</Empty>}
      {areAll && meetings.length > 0 && found.length === 0 && (
        <Empty title={t("none_match")}>
          <Button small onClick={() => setText("")}>
            {t("show_all")}
          </Button>
        </Empty>
      )}
      <MeetingList rows={rows} jobs={jobs} />
    </>
  );
}

function Filters({
  project,
  text,
  onText,
}: {
  project: string | undefined;
  text: string;
  onText: (text: string) => void;
}) {
  const { t } = useTranslation(["meetings", "common"]);
  const navigate = useNavigate({ from: "/meetings" });
  return (
    <div className="flex flex-wrap gap-3">
      <ProjectChoice
        project={project}
        all={t("common:all_projects")}
        onChoose={(chosen) => void navigate({ search: { project: chosen }, replace: true })}
      />
      <input
        type="search"
        aria-label={t("filter")}
        placeholder={t("filter")}
        value={text}
        onChange={(event) => onText(event.target.value)}
        className="min-w-0 flex-1 basis-48 rounded-md border border-line bg-raised px-3 py-2 placeholder:text-quiet"
      />
    </div>
  );
}
