import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { LinkJudge } from "../../components/LinkJudge";
import { Quotes } from "../../components/Quote";
import { spoken } from "../../i18n";
import { day } from "../../time";
import { type Matter, type MatterLink, matterQuery } from "./queries";
import { stepsOf, type Told } from "./steps";
import { useChanged } from "./useChanged";

/** What every meeting said of a matter, the newest first: what holds, what held before, and why they are one matter. */
export function Steps({ project, matter }: { project: string; matter: Matter }) {
  const { t } = useTranslation("project");
  const changed = useChanged(project);
  const apart = matter.links.filter((link) => !link.joins);
  return (
    <>
      <ol className="space-y-4">
        {stepsOf(matter).map((told) => (
          <li key={told.step.item_id} className="border-line border-l pl-4">
            <Step told={told} onJudged={changed} />
          </li>
        ))}
      </ol>
      {apart.length > 0 && (
        <div className="mt-4">
          <p className="mb-2 font-medium text-sm">{t("apart")}</p>
          <ul className="space-y-3">
            {apart.map((link) => (
              <li key={`${link.item_id} ${link.earlier_id}`} className="border-line border-l border-dashed pl-4">
                <Apart project={project} link={link} own={matter} onJudged={changed} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Step({ told, onJudged }: { told: Told; onJudged: () => void }) {
  const { t } = useTranslation(["project", "ledger"]);
  const { step, link, stands } = told;
  const own = step.evidence.length === 0 || "text" in step.by_hand;
  return (
    <>
      <p className="flex flex-wrap gap-x-3 text-sm">
        <time dateTime={step.date} className="font-medium">
          {day(step.date, spoken())}
        </time>
        <span className="text-quiet">{step.type === null ? t("first_said") : t(`ledger:link_${step.type}`)}</span>
        {stands === "holds" && <span className="text-good">{t("step_holds")}</span>}
        {stands === "superseded" && <span className="text-warn">{t("step_superseded")}</span>}
      </p>
      {own && (
        <p dir="auto" className="break-words text-sm">
          {step.text || t("told_by_hand")}
        </p>
      )}
      <Quotes evidence={step.evidence} />
      {link && <LinkJudge link={link} onJudged={onJudged} />}
    </>
  );
}

/** A link that joins nothing, with the words of the matter on its other side. */
function Apart({
  project,
  link,
  own,
  onJudged,
}: {
  project: string;
  link: MatterLink;
  own: Matter;
  onJudged: () => void;
}) {
  const { t } = useTranslation(["project", "ledger"]);
  const ours = own.history.some(({ item_id }) => item_id === link.item_id);
  const { data, isError } = useQuery(matterQuery(project, ours ? link.earlier_id : link.item_id));
  return (
    <>
      <p className="text-quiet text-sm">{t(`ledger:link_${link.type}`)}</p>
      {isError && <p className="text-quiet text-sm">{t("other_gone")}</p>}
      {data && (
        <>
          <p dir="auto" className="break-words text-sm">
            {data.matter.text}
          </p>
          <Quotes evidence={data.matter.evidence.slice(0, 1)} />
        </>
      )}
      <LinkJudge link={link} onJudged={onJudged} />
    </>
  );
}
