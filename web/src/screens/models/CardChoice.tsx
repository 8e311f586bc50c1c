import { useTranslation } from "react-i18next";
import { Described } from "../../components/Described";
import { ChoiceField } from "../../components/Field";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { count, money } from "./figures";
import type { Card, PriceList } from "./queries";

/** Chooses one of the models that are sold, and who sells it; says what it is and what that one takes. */
export function CardChoice({
  cards,
  card,
  prices,
  onChoose,
}: {
  cards: readonly Card[];
  card: Card;
  prices: PriceList;
  onChoose: (card: string, seller: string) => void;
}) {
  const { t } = useTranslation("models");
  return (
    <>
      <ChoiceField
        label={t("simulate_card")}
        value={card.name}
        onChange={(event) => onChoose(event.target.value, prices.seller)}
      >
        {cards.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </ChoiceField>
      <ChoiceField
        label={t("simulate_seller")}
        value={prices.seller}
        onChange={(event) => onChoose(card.name, event.target.value)}
      >
        {card.prices.map(({ seller }) => (
          <option key={seller}>{seller}</option>
        ))}
      </ChoiceField>
      <div aria-live="polite" className="break-words text-quiet text-sm sm:col-span-3">
        <p>
          <Described {...card} />
        </p>
        <Prices prices={prices} />
      </div>
    </>
  );
}

function Prices({ prices: { steps, currency, read_on } }: { prices: PriceList }) {
  const { t } = useTranslation("models");
  const said = (amount: number) => money({ amount, currency }, spoken());
  return (
    <>
      {steps.map(({ up_to_tokens: most, input, output }) => (
        <p key={most}>
          {t("price", { input: said(input), output: said(output) })}
          {most !== null && ` · ${t("price_up_to", { tokens: count(most, spoken()) })}`}
        </p>
      ))}
      <p>{t("price_read_on", { day: day(read_on, spoken()) })}</p>
    </>
  );
}
