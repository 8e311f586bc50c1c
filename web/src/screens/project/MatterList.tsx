import { useQuery } from "@tanstack/react-query";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { MatterEntry } from "./MatterEntry";
import { type Matter, mattersQuery, type Wanted } from "./queries";
import { useGrowing } from "./useGrowing";

const MATTERS_AT_FIRST = 30;

/** The matters of a project that are wanted, the newest first; `none` says that there are none. */
export function MatterList({
  project,
  wanted,
  none,
  unfolded = () => false,
}: {
  project: string;
  wanted: Wanted;
  none: string;
  /** Of which matters to show at once how they came about. */
  unfolded?: (matter: Matter) => boolean;
}) {
  const { data, error, isPending, refetch } = useQuery(mattersQuery(project, wanted));
  const { shown, more } = useGrowing((data ?? []).toReversed(), MATTERS_AT_FIRST);
  if (isPending) return <Loading />;
  if (error) return <Failure error={error} retry={() => refetch()} />;
  if (data.length === 0) return <p className="text-quiet">{none}</p>;
  return (
    <>
      <ul className="divide-y divide-line/60">
        {shown.map((matter) => (
          <li key={matter.id}>
            <MatterEntry project={project} matter={matter} unfolded={unfolded(matter)} />
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}
