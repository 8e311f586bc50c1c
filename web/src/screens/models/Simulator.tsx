import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { ChoiceField, TextField } from "../../components/Field";
import { spoken } from "../../i18n";
import { moneys } from "./figures";
import { type Simulation, simulate, usageQuery } from "./queries";

/** What the calls of a month would have cost with another model in the place of one tier. */
export function Simulator({ month }: { month: string }) {
  const { t } = useTranslation("models");
  const { data } = useQuery(usageQuery(month, "tier"));
  const tiers = (data?.rows ?? []).flatMap(({ key }) => (key === null ? [] : [key]));
  const [chosen, setChosen] = useState("");
  const [card, setCard] = useState("");
  const [seller, setSeller] = useState("");
  const tier = chosen || tiers[0];
  const running = useMutation({
    mutationFn: (replaced: string) =>
      simulate({ month, tiers: { [replaced]: { card: card.trim(), seller: seller.trim() || undefined } } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tier) running.mutate(tier);
  };
  return (
    <details className="mt-6">
      <summary className="w-fit cursor-pointer font-medium">{t("simulate")}</summary>
      <p className="mt-1 text-quiet text-sm">{t("simulate_lead")}</p>
      <form onSubmit={submit} className="mt-3 grid gap-4 sm:grid-cols-3">
        <ChoiceField label={t("simulate_tier")} value={tier} onChange={(event) => setChosen(event.target.value)}>
          {tiers.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </ChoiceField>
        <TextField
          label={t("simulate_card")}
          hint={t("simulate_card_hint")}
          value={card}
          required
          onChange={(event) => setCard(event.target.value)}
        />
        <TextField
          label={t("simulate_seller")}
          hint={t("simulate_seller_hint")}
          value={seller}
          onChange={(event) => setSeller(event.target.value)}
        />
        <div>
          <Button type="submit" disabled={running.isPending || !tier}>
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
