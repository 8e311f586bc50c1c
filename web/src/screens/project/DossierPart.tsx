import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { CanAnswer } from "./CanAnswer";
import { Claim } from "./Claim";
import { DayChoice } from "./DayChoice";
import { type Dossier, dossierQuery } from "./queries";
import { useGrowing } from "./useGrowing";
import { useSectionTitle } from "./useSectionTitle";

const CLAIMS_AT_FIRST = 10;

type Section = Dossier["sections"][number];

/** The dossier as a page to read, with a table of contents; as it stands, or stood on a day. */
export function DossierPart({ project }: { project: string }) {
  const { t } = useTranslation("project");
  const [at, setAt] = useState<string>();
  const { data, error, isPending, refetch } = useQuery(dossierQuery(project, at));
  const sections = (data?.sections ?? []).filter(({ claims }) => claims.length > 0);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 text-quiet text-sm">
        <DayChoice project={project} label={t("as_of")} now={t("now")} day={at} onChoose={setAt} />
        {data && <Facts project={project} dossier={data} />}
      </div>
      {isPending && <Loading />}
      {error && <Failure error={error} retry={() => refetch()} />}
      {data && sections.length === 0 && (
        <Empty title={t("no_dossier")}>
          <p>{t("no_dossier_hint")}</p>
          <Link to="/meetings" search={{ project }} className="text-accent underline">
            {t("to_meetings")}
          </Link>
        </Empty>
      )}
      {sections.length > 0 && (
        <div className="gap-10 lg:grid lg:grid-cols-[minmax(0,1fr)_11rem]">
          <div className="min-w-0">
            <CanAnswer project={project} sections={sections} />
            {sections.map((section) => (
              <SectionOfClaims key={section.key} project={project} section={section} at={at} />
            ))}
          </div>
          <Contents sections={sections} />
        </div>
      )}
    </>
  );
}

function Facts({ project, dossier }: { project: string; dossier: Dossier }) {
  const { t } = useTranslation("project");
  const { in_scope: all, read, failed } = dossier.coverage;
  return (
    <p className="flex flex-wrap gap-x-3">
      <Link to="/meetings" search={{ project }} className="underline hover:text-ink">
        {t("coverage", { read, all })}
      </Link>
      {failed.length > 0 && <span className="text-warn">{t("coverage_failed", { n: failed.length })}</span>}
      <span>{t("version", { version: dossier.version })}</span>
      {dossier.left_out > 0 && <span>{t("left_out", { n: dossier.left_out })}</span>}
    </p>
  );
}

function SectionOfClaims({ project, section, at }: { project: string; section: Section; at: string | undefined }) {
  const title = useSectionTitle()(section.key);
  const { shown, more } = useGrowing(section.claims, CLAIMS_AT_FIRST);
  const id = anchorOf(section.key);
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="mt-10 scroll-mt-16 first:mt-0">
      <h2 id={`${id}-title`} className="mb-2 font-semibold text-lg">
        {title}
      </h2>
      <ul className="space-y-4">
        {shown.map((claim) => (
          <li key={claim.key}>
            <Claim project={project} claim={claim} at={at} />
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}

function Contents({ sections }: { sections: readonly Section[] }) {
  const { t } = useTranslation("project");
  const title = useSectionTitle();
  return (
    <nav aria-label={t("contents")} className="hidden text-sm lg:block">
      <ul className="sticky top-6 space-y-1 border-line border-l">
        {sections.map(({ key, claims }) => (
          <li key={key}>
            <Link
              from="/projects/$project"
              to="."
              hash={anchorOf(key)}
              replace
              className="flex justify-between gap-2 rounded-r px-3 py-1 text-quiet hover:bg-line/50 hover:text-ink"
            >
              {title(key)}
              <span className="tabular-nums">{claims.length}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const anchorOf = (section: string) => `section-${section}`;
