import { useTranslation } from "react-i18next";
import { WideTable } from "../../components/WideTable";
import { spoken } from "../../i18n";
import { count, money } from "./figures";
import type { Route } from "./queries";

/** The reason that says only that there is nobody, as the heading does. */
const NOBODY = "none_left";

/** Who would do the work, why, what it takes, and what became of the other tiers. */
export function RouteFound({ route }: { route: Route }) {
  const { t } = useTranslation("models");
  const { tier, model, estimate, tiers } = route;
  const reasons = route.reasons.filter(({ code }) => code !== NOBODY);
  return (
    <div className="mt-3 rounded-lg bg-sunken p-4">
      <p className="break-words font-semibold">{tier === null ? t("nobody") : `${tier} · ${model}`}</p>
      {reasons.length > 0 && (
        <ul aria-label={t("reasons")} className="mt-1 list-disc space-y-0.5 pl-5 text-quiet">
          {reasons.map((one, at) => (
            <li key={at} className="break-words">
              {one.text}
            </li>
          ))}
        </ul>
      )}
      {estimate && <Estimated route={route} estimate={estimate} />}
      {tiers.length > 0 && <Tiers tiers={tiers} />}
    </div>
  );
}

function Estimated({ route, estimate }: { route: Route; estimate: NonNullable<Route["estimate"]> }) {
  const { t } = useTranslation("models");
  const { prompt_tokens: read, completion_tokens: written, cost } = estimate;
  const price = cost === null ? t("cost_unknown") : cost.amount === 0 ? t("cost_free") : money(cost, spoken());
  const said = [
    t("passes", { count: route.passes }),
    t("estimate_tokens", { read: count(read, spoken()), written: count(written, spoken()) }),
    price,
    ...(route.windowed ? [t("windowed")] : []),
  ];
  return (
    <p className="mt-3">
      <span className="font-medium">{t("estimate")}</span> <span className="text-quiet">{said.join(" · ")}</span>
    </p>
  );
}

function Tiers({ tiers }: Pick<Route, "tiers">) {
  const { t } = useTranslation("models");
  return (
    <div className="mt-3">
      <WideTable label={t("tiers")} className="text-left text-sm">
        <thead>
          <tr className="border-line border-b text-quiet">
            {(["tier", "model", "state"] as const).map((column) => (
              <th key={column} scope="col" className="py-1 pr-4 font-medium">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tiers.map((one) => (
            <tr key={one.tier} className="border-line/60 border-b align-top last:border-0">
              <th scope="row" className="py-1.5 pr-4 font-medium">
                {one.tier}
              </th>
              <td className="min-w-32 break-words py-1.5 pr-4">
                {one.model}
                <span className="block text-quiet">
                  {one.server === null ? t("here") : `${one.server} · ${t(one.remote ? "remote" : "own")}`}
                </span>
              </td>
              <td className="min-w-32 py-1.5">
                <span className={one.state === "taken" ? "text-good" : one.state === "refused" ? "text-bad" : ""}>
                  {t(`state_${one.state}`)}
                </span>
                {one.reason && <span className="block break-words text-quiet">{one.reason}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}
