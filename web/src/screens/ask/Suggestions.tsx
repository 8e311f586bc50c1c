import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Suggestion } from "./nextQuestions";

/** Questions to ask with one click, each in the language of what it is about. */
export function Suggestions({
  title,
  heading: Heading,
  all,
  onAsk,
}: {
  title: string;
  heading: "h2" | "h3";
  all: readonly Suggestion[];
  onAsk: (question: string) => void;
}) {
  const id = useId();
  const { i18n } = useTranslation("ask");
  if (all.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <Heading id={id} className="mb-2 text-quiet text-sm">
        {title}
      </Heading>
      <ul className="flex flex-wrap gap-2">
        {all.map(({ key, values, language }) => {
          const question = i18n.getFixedT(language, "ask")(key, values);
          return (
            <li key={question} className="max-w-full">
              <button
                type="button"
                lang={language}
                dir="auto"
                onClick={() => onAsk(question)}
                className="max-w-full break-words rounded-2xl border border-line bg-raised px-3.5 py-1.5 text-start text-sm hover:border-accent hover:bg-accent-soft"
              >
                {question}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
