import { useTranslation } from "react-i18next";
import { Section } from "../../components/Section";
import { WideTable } from "../../components/WideTable";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { byPerson, type Promises } from "../project/byPerson";
import { isOpen } from "../project/due";
import { MatterButton } from "./MatterButton";
import type { Item } from "./queries";
import { formerly } from "./rows";

/** Who owes what: the commitments that are open as of a day, by person and by due day. */
export function Matrix({ items, asOf }: { items: readonly Item[]; asOf: string }) {
  const { t } = useTranslation("compare");
  const owed = byPerson(items.filter(isOpen), asOf, spoken());
  if (items.length === 0) return null;
  return (
    <div id="matrix" className="mt-10 scroll-mt-16">
      <Section title={t("matrix")} lead={t("matrix_lead")}>
        {owed.length === 0 ? (
          <p className="text-quiet">{t("no_commitments")}</p>
        ) : (
          <div className="rounded-lg border border-line bg-raised">
            <WideTable label={t("matrix")} className="text-left">
              <caption className="sr-only">{t("matrix")}</caption>
              <thead>
                <tr className="text-quiet text-sm">
                  {[t("what"), t("due")].map((column) => (
                    <th key={column} scope="col" className="px-4 py-2 font-medium">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              {owed.map((one) => (
                <OfPerson key={one.owner ?? ""} owed={one} />
              ))}
            </WideTable>
          </div>
        )}
      </Section>
    </div>
  );
}

function OfPerson({ owed: { owner, matters } }: { owed: Promises }) {
  const { t } = useTranslation("compare");
  return (
    <tbody>
      <tr className="border-line border-t bg-sunken">
        <th scope="rowgroup" colSpan={2} className="break-words px-4 py-1.5 font-medium">
          <bdi className={owner === null ? "text-quiet" : ""}>{owner ?? t("nobody")}</bdi>{" "}
          <span className="ml-1 font-normal text-quiet tabular-nums">{matters.length}</span>
        </th>
      </tr>
      {matters.map((item) => (
        <Owed key={item.id} item={item} />
      ))}
    </tbody>
  );
}

function Owed({ item }: { item: Item }) {
  const { t } = useTranslation(["compare", "ledger"]);
  const owners = formerly(item, "owner");
  const dues = formerly(item, "due").map((date) => day(date, spoken()));
  return (
    <tr className="border-line border-t align-baseline">
      <td className="w-full min-w-40 px-4 py-2">
        <MatterButton item={item} />
        <span className="block break-words text-quiet text-sm">
          <span className={item.status === "dropped" ? "text-bad" : ""}>{t(`ledger:status_${item.status}`)}</span>
          {owners.length > 0 && <bdi> · {t("compare:owner_was", { who: owners.join(", ") })}</bdi>}
        </span>
      </td>
      <td className="whitespace-nowrap px-4 py-2 tabular-nums">
        {item.due === null ? <span className="text-quiet">{t("compare:undated")}</span> : day(item.due, spoken())}
        {dues.map((date) => (
          <span key={date} className="block text-quiet text-sm">
            {t("compare:was", { what: date })}
          </span>
        ))}
      </td>
    </tr>
  );
}
