import { RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../components/Button";
import { Confirm } from "../../components/Confirm";
import { Failure } from "../../components/Failure";
import { SaveAs } from "../../components/SaveAs";
import { spoken } from "../../i18n";
import { type Report, reportUrl, useDelete, useRebuild } from "./queries";
import { instant } from "./when";

const LOOKS: Record<Report["state"], string> = { current: "text-good", stale: "text-warn", rebuild: "text-bad" };

/** A report that is kept: whether it still holds and if not why, and what can be done with it. */
export function KeptReport({ project, report }: { project: string; report: Report }) {
  const { t } = useTranslation("compare");
  const rebuild = useRebuild(project);
  const [deleting, setDeleting] = useState(false);
  return (
    <article className="rounded-lg border border-line bg-raised px-4 py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h3 className="break-words font-medium">
            <bdi>{report.title || t(`kind_${report.kind}`)}</bdi>
          </h3>
          <About report={report} />
        </div>
        <div className="flex flex-wrap items-center gap-1">
          {report.state !== "current" && (
            <Button small disabled={rebuild.isPending} onClick={() => rebuild.mutate(report.id)}>
              <RefreshCw aria-hidden />
              {t("rebuild")}
            </Button>
          )}
          {report.state !== "rebuild" && (
            <>
              <a
                href={reportUrl(report.id, "html")}
                target="_blank"
                rel="noreferrer"
                className="rounded-md px-2.5 py-1 text-accent underline"
              >
                {t("open_report")}
              </a>
              <SaveAs name={report.title} address={(format) => reportUrl(report.id, format)} />
            </>
          )}
          <IconButton label={t("delete_report_label", { title: report.title })} onClick={() => setDeleting(true)}>
            <Trash2 />
          </IconButton>
        </div>
      </div>
      {rebuild.isError && <Failure error={rebuild.error} />}
      {deleting && <Deletion project={project} report={report} onClose={() => setDeleting(false)} />}
    </article>
  );
}

function About({ report }: { report: Report }) {
  const { t } = useTranslation("compare");
  const why = [...report.why.map((one) => t(`why_${one}`)), ...(report.problem === null ? [] : [report.problem])];
  return (
    <p className="break-words text-quiet text-sm">
      <span role="status" className={`font-medium ${LOOKS[report.state]}`}>
        {[t(`state_${report.state}`), ...why].join(" · ")}
      </span>
      {" · "}
      {instant(report.built_at, spoken())}
      {report.version > 1 && ` · ${t("version", { n: report.version })}`}
      {report.schedule_id !== null && ` · ${t("made_weekly")}`}
    </p>
  );
}

function Deletion({ project, report, onClose }: { project: string; report: Report; onClose: () => void }) {
  const { t } = useTranslation(["compare", "common"]);
  const remove = useDelete(project);
  return (
    <Confirm
      title={t("compare:delete_report")}
      action={t("common:delete")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(report.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <bdi>{report.title}</bdi>
      </p>
      <p>{t("compare:delete_report_hint")}</p>
    </Confirm>
  );
}
