import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { spoken } from "../../i18n";
import { Citations } from "./Citations";
import { bySection, compared, type SectionChanges, type Stretch } from "./changed";
import { changesQuery, type DossierChanges, type DossierClaim } from "./queries";
import { useGrowing } from "./useGrowing";
import { useSectionTitle } from "./useSectionTitle";

const CHANGES_AT_FIRST = 10;

/** What the dossier says otherwise, section by section, with the evidence of both sides. */
export function Changes({ project, since, until }: { project: string; since: string; until: string | undefined }) {
  const { t } = useTranslation("project");
  const { data, error, isPending, refetch } = useQuery(changesQuery(project, since, until));
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={() => refetch()} />;
  const sections = bySection(data);
  if (sections.length === 0) return <p className="text-quiet">{t("same")}</p>;
  const sum = { added: data.new.length, changed: data.changed.length, gone: data.gone.length };
  return (
    <>
      <p className="text-quiet">{t("changes_sum", sum)}</p>
      {sections.map((section) => (
        <ChangedSection key={section.key} section={section} />
      ))}
    </>
  );
}

function ChangedSection({ section: { key, changed, added, gone } }: { section: SectionChanges }) {
  const { t } = useTranslation("project");
  const title = useSectionTitle();
  const entries = [
    ...changed.map((pair) => ({
      key: pair.after.key,
      mark: t("changed"),
      look: "text-warn",
      said: <Pair pair={pair} />,
    })),
    ...added.map((claim) => ({ key: claim.key, mark: t("added"), look: "text-good", said: <Said claim={claim} /> })),
    ...gone.map((claim) => ({
      key: claim.key,
      mark: t("gone_claims"),
      look: "text-bad",
      said: <Said claim={claim} />,
    })),
  ];
  const { shown, more } = useGrowing(entries, CHANGES_AT_FIRST);
  return (
    <section className="mt-6">
      <h3 className="mb-2 font-medium">{title(key)}</h3>
      <ul className="space-y-4">
        {shown.map(({ key, mark, look, said }) => (
          <li key={key} className="gap-4 sm:grid sm:grid-cols-[4.5rem_minmax(0,1fr)]">
            <span className={`font-medium text-sm ${look}`}>{mark}</span>
            {said}
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}

function Said({ claim }: { claim: DossierClaim }) {
  return (
    <div className="space-y-1.5">
      <p dir="auto" className="break-words">
        {claim.text}
      </p>
      <Citations evidence={claim.evidence} />
    </div>
  );
}

/** Both statements beside each other, with what differs marked. */
function Pair({ pair }: { pair: DossierChanges["changed"][number] }) {
  const { t } = useTranslation("project");
  const sides = compared(pair.before.text, pair.after.text, spoken());
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {(["before", "after"] as const).map((side) => (
        <div key={side} className="min-w-0 space-y-1.5">
          <p className="text-quiet text-sm">{t(side)}</p>
          <p dir="auto" className="break-words">
            {sides[side].map((stretch, at) => (
              <Part key={at} stretch={stretch} side={side} />
            ))}
          </p>
          <Citations evidence={pair[side].evidence} />
        </div>
      ))}
    </div>
  );
}

function Part({ stretch, side }: { stretch: Stretch; side: "before" | "after" }) {
  if (stretch.same) return stretch.text;
  return side === "before" ? (
    <del className="rounded bg-bad-soft decoration-bad/60">{stretch.text}</del>
  ) : (
    <ins className="rounded bg-accent-soft no-underline">{stretch.text}</ins>
  );
}
