import { useTranslation } from "react-i18next";
import { isSection } from "./sections";

/** The words for the key of a section; one that is not known stands for itself. */
export function useSectionTitle(): (key: string) => string {
  const { t } = useTranslation("project");
  return (key) => (isSection(key) ? t(`section_${key}`) : key);
}
