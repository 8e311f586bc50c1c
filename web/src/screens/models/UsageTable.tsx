import { useTranslation } from "react-i18next";
import { WideTable } from "../../components/WideTable";
import { spoken } from "../../i18n";
import { lasting } from "../../time";
import { count, moneys } from "./figures";
import type { Grouping, Month, UsageRow } from "./queries";
import { isTask } from "./tasks";

const COLUMNS = ["calls", "read", "written", "time", "failed", "cost"] as const;

/** The usage of a month: a row for each of the grouping, and the total. */
export function UsageTable({ usage, by }: { usage: Month; by: Grouping }) {
  const { t } = useTranslation("models");
  const nameOf = useRowName(by);
  return (
    <div className="rounded-lg border border-line bg-raised">
      <WideTable label={t("usage_rows")} className="text-right text-sm tabular-nums">
        <thead>
          <tr className="border-line border-b text-quiet">
            <td />
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="whitespace-nowrap px-3 py-2 font-medium">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {usage.rows.map((row) => (
            <Row key={row.key} name={nameOf(row.key)} row={row} />
          ))}
        </tbody>
        <tfoot className="border-line border-t font-medium">
          <Row name={t("total")} row={usage.total} />
        </tfoot>
      </WideTable>
    </div>
  );
}

function Row({ name, row }: { name: string; row: UsageRow }) {
  const language = spoken();
  const cells = [
    count(row.calls, language),
    count(row.prompt_tokens, language),
    count(row.completion_tokens, language),
    lasting(row.seconds, language),
    count(row.failed, language),
  ];
  return (
    <tr>
      <th scope="row" className="min-w-32 break-words px-3 py-2 text-left font-normal">
        <bdi>{name}</bdi>
      </th>
      {cells.map((cell, at) => (
        <td key={at} className="whitespace-nowrap px-3 py-2">
          {cell}
        </td>
      ))}
      <td className="min-w-32 px-3 py-2">
        <Cost row={row} />
      </td>
    </tr>
  );
}

function Cost({ row }: { row: UsageRow }) {
  const { t } = useTranslation("models");
  const paid = row.costs.filter(({ amount }) => amount !== 0);
  return (
    <>
      {(paid.length > 0 || row.unpriced < row.calls) && (paid.length > 0 ? moneys(paid, spoken()) : t("cost_free"))}
      {row.unpriced > 0 && <span className="block text-quiet">{t("unpriced", { count: row.unpriced })}</span>}
    </>
  );
}

/** What the rows of a grouping are called; those without a key have a name of their own. */
function useRowName(by: Grouping): (key: string | null) => string {
  const { t } = useTranslation("models");
  return (key) => {
    if (key === null) return by === "project" ? t("none_project") : by === "user" ? t("none_user") : t("none_else");
    return by === "task" && isTask(key) ? t(`task_${key}`) : key;
  };
}
