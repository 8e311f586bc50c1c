import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { ChoiceField } from "../../components/Field";
import { spoken } from "../../i18n";
import { CardChoice } from "./CardChoice";
import { moneys } from "./figures";
import { type Simulation, simulate, soldCardsQuery, usageQuery } from "./queries";

/** What the calls of a month would have cost with another model in the place of one tier. */
export function Simulator({ month }: { month: string }) {
  const { t } = useTranslation("models");
  const { data } = useQuery(usageQuery(month, "tier"));
  const tiers = (data?.rows ?? []).flatMap(({ key }) => (key === null ? [] : [key]));
  const cards = useQuery(soldCardsQuery);
  const [chosenTier, setChosenTier] = useState("");
  const [chosen, setChosen] = useState<{ card?: string; seller?: string }>({});
  const tier = tiers.find((one) => one === chosenTier) ?? tiers[0];
  const card = cards.data?.find(({ name }) => name === chosen.card) ?? cards.data?.[0];
  const prices = card?.prices.find(({ seller }) => seller === chosen.seller) ?? card?.prices[0];
  const running = useMutation({ mutationFn: simulate });
  const chooseTier = (name: string) => {
    setChosenTier(name);
    running.reset();
  };
  const chooseCard = (name: string, seller: string) => {
    setChosen({ card: name, seller });
    running.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tier && card && prices)
      running.mutate({ month, tiers: { [tier]: { card: card.name, seller: prices.seller } } });
  };
  return (
    <details className="mt-6">
      <summary className="w-fit cursor-pointer font-medium">{t("simulate")}</summary>
      <p className="mt-1 text-quiet text-sm">{t("simulate_lead")}</p>
      <form onSubmit={submit} className="mt-3 grid gap-4 sm:grid-cols-3">
        <ChoiceField label={t("simulate_tier")} value={tier} onChange={(event) => chooseTier(event.target.value)}>
          {tiers.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </ChoiceField>
        {cards.data && card && prices && (
          <CardChoice cards={cards.data} card={card} prices={prices} onChoose={chooseCard} />
        )}
        {cards.isError && <Failure error={cards.error} retry={() => cards.refetch()} />}
        <div>
          <Button type="submit" disabled={!tier || !card}>
            {t("simulate_run")}
          </Button>
        </div>
      </form>
      <div aria-live="polite">
        {running.isError && <Failure error={running.error} />}
        {running.data && <Simulated found={running.data} />}
      </div>
    </details>
  );
}

const CAVEATS = ["other_tokens", "same_work", "cache"] as const;

function Simulated({ found }: { found: Simulation }) {
  const { t } = useTranslation("models");
  const bill = ({ costs, unpriced }: Simulation["now"]) =>
    [
      costs.some(({ amount }) => amount !== 0) ? moneys(costs, spoken()) : t("cost_free"),
      ...(unpriced > 0 ? [t("unpriced", { count: unpriced })] : []),
    ].join(" · ");
  return (
    <div className="mt-4 rounded-lg bg-sunken p-4">
      <dl className="grid gap-4 sm:grid-cols-2">
        <div>
          <dt className="text-quiet text-sm">{t("simulate_now")}</dt>
          <dd className="font-semibold">{bill(found.now)}</dd>
        </div>
        <div>
          <dt className="text-quiet text-sm">{t("simulate_then")}</dt>
          <dd className="font-semibold">{bill(found.then)}</dd>
        </div>
      </dl>
      <ul className="mt-3 list-disc space-y-0.5 pl-5 text-quiet text-sm">
        {found.unused.length > 0 && <li>{t("simulate_unused")}</li>}
        {found.left_out > 0 && <li>{t("simulate_left_out", { count: found.left_out })}</li>}
        {CAVEATS.filter((caveat) => found.caveats.includes(caveat)).map((caveat) => (
          <li key={caveat}>{t(`caveat_${caveat}`)}</li>
        ))}
      </ul>
    </div>
  );
}
