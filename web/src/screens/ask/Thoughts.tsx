import { useTranslation } from "react-i18next";
import { Fold } from "./Fold";

/** What a model thinks, as it comes, folded away from what it writes. */
export function Thoughts({ text, going }: { text: string; going: boolean }) {
  const { t } = useTranslation("ask");
  return (
    <Fold title={t(going ? "thinking" : "thoughts")}>
      <ThoughtsText text={text} />
    </Fold>
  );
}

/** The words of thoughts, as they are. */
export function ThoughtsText({ text }: { text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap break-words text-quiet">
      {text}
    </p>
  );
}
