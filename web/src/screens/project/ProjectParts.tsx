import { useLocation, useNavigate } from "@tanstack/react-router";
import { Tabs } from "radix-ui";
import { type ComponentType, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ChangesPart } from "./ChangesPart";
import { CommitmentsPart } from "./CommitmentsPart";
import { DecisionsPart } from "./DecisionsPart";
import { DossierPart } from "./DossierPart";
import { EditingProvider } from "./Editing";
import { MetricsPart } from "./MetricsPart";
import { PeoplePart } from "./PeoplePart";
import { QuestionsPart } from "./QuestionsPart";
import { TimelinePart } from "./TimelinePart";

const PARTS = ["dossier", "commitments", "decisions", "questions", "metrics", "timeline", "people", "changes"] as const;

type Part = (typeof PARTS)[number];

const SHOWN: Record<Part, ComponentType<{ project: string }>> = {
  dossier: DossierPart,
  commitments: CommitmentsPart,
  decisions: DecisionsPart,
  questions: QuestionsPart,
  metrics: MetricsPart,
  timeline: TimelinePart,
  people: PeoplePart,
  changes: ChangesPart,
};

/** The parts of a project as tabs. The address remembers which one is shown. */
export function ProjectParts({ project }: { project: string }) {
  const { t } = useTranslation("project");
  const navigate = useNavigate({ from: "/projects/$project" });
  const fragment = useLocation({ select: ({ hash }) => hash });
  const part = PARTS.find((one) => one === fragment) ?? "dossier";
  const tabs = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: which tab is active follows from the part
  useEffect(() => {
    const active = tabs.current?.querySelector('[data-state="active"]');
    active?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [part]);
  return (
    <Tabs.Root
      value={part}
      onValueChange={(chosen) => navigate({ to: ".", hash: chosen, replace: true, resetScroll: false })}
    >
      <Tabs.List
        ref={tabs}
        aria-label={t("parts")}
        className="-mx-4 mb-6 flex gap-1 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:px-0"
      >
        {PARTS.map((one) => (
          <Tabs.Trigger
            key={one}
            value={one}
            className="-mb-px whitespace-nowrap border-transparent border-b-2 px-3 py-2 text-quiet -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {t(`tab_${one}`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <EditingProvider project={project}>
        {PARTS.map((one) => {
          const Shown = SHOWN[one];
          return (
            <Tabs.Content key={one} value={one}>
              <Shown project={project} />
            </Tabs.Content>
          );
        })}
      </EditingProvider>
    </Tabs.Root>
  );
}
