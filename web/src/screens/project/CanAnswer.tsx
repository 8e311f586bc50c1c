import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Dossier } from "./queries";
import { answerable } from "./questions";

/** Questions that the project can answer, each a way to the answer. */
export function CanAnswer({ project, sections }: { project: string; sections: Dossier["sections"] }) {
  const { t } = useTranslation("project");
  const id = useId();
  const questions = answerable(sections).map(({ form, of }) => t(`ask_${form}`, { of }));
  if (questions.length === 0) return null;
  return (
    <section aria-labelledby={id} className="mb-10">
      <h2 id={id} className="mb-2 font-medium text-quiet text-sm">
        {t("can_answer")}
      </h2>
      <ul className="flex flex-wrap gap-2">
        {questions.map((question) => (
          <li key={question} className="max-w-full">
            <Link
              to="/"
              search={{ project, q: question }}
              className="block break-words rounded-2xl border border-line bg-raised px-3 py-1 text-sm hover:border-accent hover:bg-accent-soft"
            >
              <bdi>{question}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
