import { useTranslation } from "react-i18next";
import { Section } from "../../components/Section";
import { MatterList } from "./MatterList";

/** What nobody has answered, and the risks that stand. */
export function QuestionsPart({ project }: { project: string }) {
  const { t } = useTranslation("project");
  return (
    <>
      <Section title={t("questions")}>
        <MatterList project={project} wanted={{ kind: ["question"], status: ["open"] }} none={t("no_questions")} />
      </Section>
      <Section title={t("risks")}>
        <MatterList project={project} wanted={{ kind: ["risk"], status: ["open", "growing"] }} none={t("no_risks")} />
      </Section>
    </>
  );
}
