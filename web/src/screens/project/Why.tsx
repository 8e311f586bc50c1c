import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { MatterEntry } from "./MatterEntry";
import { trailQuery } from "./queries";

/** Why a dossier makes a claim: the matters that it tells of, with every step and link that led to them. */
export function Why({ project, claim, at }: { project: string; claim: string; at: string | undefined }) {
  const { t } = useTranslation("project");
  const { data, error, isPending, refetch } = useQuery(trailQuery(project, claim, at));
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={() => refetch()} />;
  if (data.items.length === 0) return <p className="text-quiet text-sm">{t("why_lines")}</p>;
  return (
    <ul className="divide-y divide-line/60">
      {data.items.map((matter) => (
        <li key={matter.id}>
          <MatterEntry project={project} matter={matter} unfolded />
        </li>
      ))}
    </ul>
  );
}
