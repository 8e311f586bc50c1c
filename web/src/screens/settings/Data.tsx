import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, buttonLook } from "../../components/Button";
import { Coded } from "../../components/Coded";
import { Confirm } from "../../components/Confirm";
import { ProjectChoice } from "../../components/ProjectChoice";
import { Section } from "../../components/Section";
import { reindex } from "./queries";

/** Where all data is, and what can be done with all of it: back it up, export it, index it anew. */
export function Data({ home }: { home: string }) {
  const { t } = useTranslation("settings");
  return (
    <Section title={t("data")} lead={t("data_lead", { home })}>
      <div className="divide-y divide-line rounded-lg border border-line bg-raised">
        <Deed title={t("backup")} text={t("backup_text")}>
          <DownloadLink href="/api/v1/backup">{t("backup_do")}</DownloadLink>
        </Deed>
        <Export />
        <Reindex />
      </div>
    </Section>
  );
}

function Export() {
  const { t } = useTranslation(["settings", "common"]);
  const [project, setProject] = useState<string | undefined>();
  const of = (format: "zip" | "jsonl") =>
    `/api/v1/export?${new URLSearchParams({ format, ...(project && { project }) })}`;
  return (
    <Deed title={t("export")} text={t("export_text")}>
      <ProjectChoice project={project} all={t("common:all_projects")} onChoose={setProject} />
      <DownloadLink href={of("zip")}>{t("export_zip")}</DownloadLink>
      <DownloadLink href={of("jsonl")}>{t("export_jsonl")}</DownloadLink>
    </Deed>
  );
}

function Reindex() {
  const { t } = useTranslation("settings");
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const running = useMutation({
    mutationFn: reindex,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["jobs"] });
      setAsked(false);
    },
  });
  return (
    <Deed title={t("reindex")} text={t("reindex_text")}>
      <p role="status" className="text-sm empty:sr-only">
        {running.isSuccess && (
          <>
            {t("reindexing", { count: running.data.meetings })}{" "}
            <Link to="/jobs" className="text-accent underline">
              {t("to_jobs")}
            </Link>
          </>
        )}
      </p>
      <Button onClick={() => setAsked(true)}>{t("reindex_do")}</Button>
      {asked && (
        <Confirm
          title={t("reindex_title")}
          action={t("reindex_do")}
          busy={running.isPending}
          error={running.error}
          onConfirm={() => running.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{t("reindex_confirm")}</p>
        </Confirm>
      )}
    </Deed>
  );
}

function Deed({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-medium">{title}</h3>
        <p className="text-quiet text-sm">
          <Coded>{text}</Coded>
        </p>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-2">{children}</div>
    </div>
  );
}

function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} download className={buttonLook()}>
      <Download aria-hidden />
      {children}
    </a>
  );
}
