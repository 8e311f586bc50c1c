import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { peopleQuery, type Side, sidesQuery } from "../people/queries";
import { SideChoice } from "../people/SideChoice";
import { Citations } from "./Citations";
import { type DossierClaim, dossierQuery } from "./queries";

/** Who takes part: since when, on which side, and how much is theirs. */
export function PeoplePart({ project }: { project: string }) {
  const { t } = useTranslation("project");
  const sides = useQuery(sidesQuery(project));
  const people = useQuery(peopleQuery(project));
  const dossier = useQuery(dossierQuery(project));
  const told = dossier.data?.sections.find(({ key }) => key === "people")?.claims ?? [];
  if (sides.isPending) return <Loading />;
  if (sides.isError) return <Failure error={sides.error} retry={() => sides.refetch()} />;
  const toPeople = (
    <Link to="/people" search={{ project }} className="text-accent underline">
      {t("name_them")}
    </Link>
  );
  if (sides.data.length === 0) return <Empty title={t("no_people")}>{toPeople}</Empty>;
  return (
    <>
      <ul className="divide-y divide-line/60">
        {sides.data.map(({ name, side }) => (
          <li key={name} className="py-3">
            <Person
              project={project}
              name={name}
              side={side}
              claims={told.filter(({ key }) => key === `people/${name}` || key.startsWith(`people/${name}/`))}
              voices={people.data?.find((person) => person.name === name)?.voiceprints.length ?? 0}
            />
          </li>
        ))}
      </ul>
      <p className="mt-6 text-sm">{toPeople}</p>
    </>
  );
}

function Person({
  project,
  name,
  side,
  claims,
  voices,
}: {
  project: string;
  name: string;
  side: Side | null;
  claims: readonly DossierClaim[];
  voices: number;
}) {
  const { t } = useTranslation("project");
  const { meetings = 0, decisions = 0, commitments = 0 } = claims[0]?.counted ?? {};
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 className="min-w-0 break-words font-semibold">
          <bdi>{name}</bdi>
        </h2>
        <SideChoice project={project} name={name} side={side} />
      </div>
      <p className="flex flex-wrap gap-x-3 text-quiet text-sm">
        {claims.length > 0 && <span>{t("counted", { meetings, decisions, commitments })}</span>}
        {voices > 0 && <span>{t("voices", { n: voices })}</span>}
        <Link to="/" search={{ project, q: t("ask_promised_by", { of: name }) }} className="text-accent underline">
          {t("ask_about")}
        </Link>
      </p>
      <ul className="mt-2 space-y-2">
        {claims.map((claim) => (
          <li key={claim.key} className="space-y-1.5">
            <p dir="auto" className="break-words">
              {claim.text}
            </p>
            <Citations evidence={claim.evidence} />
          </li>
        ))}
      </ul>
    </>
  );
}
