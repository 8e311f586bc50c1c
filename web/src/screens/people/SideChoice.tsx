import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/Failure";
import { projectKey } from "../project/queries";
import { PEOPLE, putSide, type Side } from "./queries";

const SIDES: readonly Side[] = ["team", "customer"];

/** Chooses on which side somebody is: of the team, a customer, or not said. */
export function SideChoice({ project, name, side }: { project: string; name: string; side: Side | null }) {
  const { t } = useTranslation("people");
  const queries = useQueryClient();
  const putting = useMutation({
    mutationFn: (chosen: Side | null) => putSide({ project, name, side: chosen }),
    onSuccess: () =>
      Promise.all([PEOPLE, projectKey(project)].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  const shown = putting.isPending ? putting.variables : side;
  return (
    <>
      <select
        aria-label={t("side", { name })}
        value={shown ?? ""}
        onChange={(event) => putting.mutate(SIDES.find((one) => one === event.target.value) ?? null)}
        className="rounded-md border border-line bg-raised px-2 py-1 text-sm"
      >
        <option value="">{t("side_unknown")}</option>
        {SIDES.map((one) => (
          <option key={one} value={one}>
            {t(`side_${one}`)}
          </option>
        ))}
      </select>
      {putting.isError && <Failure error={putting.error} />}
    </>
  );
}
