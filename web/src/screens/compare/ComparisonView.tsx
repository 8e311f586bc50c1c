import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../components/Empty";
import { useChanged } from "../project/useChanged";
import { Coverage } from "./Coverage";
import { Gantt } from "./Gantt";
import { JudgedStrip } from "./JudgedStrip";
import { Matrix } from "./Matrix";
import { Metrics } from "./Metrics";
import type { Comparison, Link } from "./queries";
import { RowSection } from "./RowSection";
import { commitments, SECTIONS } from "./rows";
import { Summary } from "./Summary";

/** What changed, part by part, with the evidence of both sides. */
export function ComparisonView({ project, comparison }: { project: string; comparison: Comparison }) {
  const { t } = useTranslation("compare");
  const [rejected, setRejected] = useState<Link[]>([]);
  const changed = useChanged(project);
  const judged = (link: Link, confirmed: boolean | null) => {
    if (confirmed === false) setRejected([...rejected, link]);
    void changed();
  };
  const undone = () => {
    setRejected(rejected.slice(0, -1));
    void changed();
  };
  const filled = SECTIONS.filter((section) => comparison[section].length > 0);
  const promised = commitments(comparison);
  const empty = filled.length === 0 && comparison.metrics.length === 0;
  return (
    <>
      <Coverage comparison={comparison} />
      {empty ? <Empty title={t("nothing")} /> : <Contents comparison={comparison} promises={promised.length > 0} />}
      <Summary claims={comparison.summary} />
      {filled.map((section) => (
        <RowSection
          key={section}
          section={section}
          rows={comparison[section]}
          since={comparison.to.first}
          onJudged={judged}
        />
      ))}
      <Metrics metrics={comparison.metrics} since={comparison.to.first} />
      <Matrix items={promised} asOf={comparison.to.last} />
      <Gantt items={promised} asOf={comparison.to.last} />
      <JudgedStrip rejected={rejected} onUndone={undone} />
    </>
  );
}

/** How many of each there are, and the way there and to what stands below. */
function Contents({ comparison, promises }: { comparison: Comparison; promises: boolean }) {
  const { t } = useTranslation("compare");
  const parts = [...SECTIONS, "metrics" as const];
  const below = [...(promises ? (["matrix", "gantt"] as const) : []), "reports" as const];
  return (
    <nav aria-label={t("contents")} className="mt-6 mb-8">
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4 lg:grid-cols-7">
        {parts.map((part) => {
          const count = comparison[part].length;
          const told = (
            <>
              <span className="block font-semibold text-xl tabular-nums">{count}</span>
              <span className="block text-quiet text-sm">{t(part)}</span>
            </>
          );
          return (
            <li key={part}>
              {count > 0 ? (
                <a
                  href={`#${part}`}
                  className="block h-full rounded-lg border border-line bg-raised px-3 py-2 hover:border-accent"
                >
                  {told}
                </a>
              ) : (
                <div className="h-full rounded-lg border border-transparent px-3 py-2 text-quiet">{told}</div>
              )}
            </li>
          );
        })}
      </ul>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {below.map((part) => (
          <li key={part}>
            <a href={`#${part}`} className="text-accent underline">
              {t(part)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
