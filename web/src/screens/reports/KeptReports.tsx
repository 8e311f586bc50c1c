import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Section } from "../../components/Section";
import { KeptReport } from "./KeptReport";
import { reportsQuery } from "./queries";
import { Schedules } from "./Schedules";

/** The reports of a project that are kept, whether they still hold, and what is made every week. */
export function KeptReports({ project }: { project: string }) {
  const { t } = useTranslation("compare");
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    reportsQuery(project),
  );
  const reports = data?.pages.flatMap((page) => page.reports) ?? [];
  return (
    <div id="reports" className="mt-16 scroll-mt-16 border-line border-t pt-8">
      <Section title={t("reports")} lead={t("reports_lead")}>
        {isPending && <Loading />}
        {error && <Failure error={error} retry={() => refetch()} />}
        {data && reports.length === 0 && <p className="text-quiet">{t("no_reports")}</p>}
        <ul className="space-y-3">
          {reports.map((report) => (
            <li key={report.id}>
              <KeptReport project={project} report={report} />
            </li>
          ))}
        </ul>
        {hasNextPage && (
          <Button kind="quiet" small disabled={isFetchingNextPage} className="mt-2" onClick={() => fetchNextPage()}>
            {t("more")}
          </Button>
        )}
      </Section>
      <Schedules project={project} />
    </div>
  );
}
