import { useTranslation } from "react-i18next";
import { Coded } from "./Coded";

/** What something is, in the reader's language where the server has it so, else in English. */
export function Described({ description, description_zh }: { description: string; description_zh: string }) {
  const { i18n } = useTranslation();
  if (i18n.language === "zh" && description_zh !== "") return <Coded>{description_zh}</Coded>;
  return (
    <span lang="en">
      <Coded>{description}</Coded>
    </span>
  );
}
