import { useTranslation } from "react-i18next";
import { Section } from "../../components/Section";
import { Few } from "./Few";
import type { Row } from "./queries";
import { type Judged, RowView } from "./RowView";
import type { Section as Part } from "./rows";

const FEW = 12;

/**
 * One part of the comparison: how many there are, what that means, and each with both sides. `since` begins the later
 * period.
 */
export function RowSection({
  section,
  rows,
  since,
  onJudged,
}: {
  section: Part;
  rows: readonly Row[];
  since: string;
  onJudged: Judged;
}) {
  const { t } = useTranslation("compare");
  return (
    <div id={section} className="mt-10 scroll-mt-16">
      <Section title={`${t(section)} · ${rows.length}`} lead={t(`${section}_lead`)}>
        <Few all={rows} few={FEW} className="space-y-3">
          {(row, at) => (
            <li key={row.item?.id ?? at}>
              <RowView row={row} fresh={section === "new"} since={since} onJudged={onJudged} />
            </li>
          )}
        </Few>
      </Section>
    </div>
  );
}
