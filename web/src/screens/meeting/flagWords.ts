import { useTranslation } from "react-i18next";
import type { Flag } from "./queries";

/** Says why a stretch of a line deserves a listen. */
export function useFlagWords(): (flag: Flag) => string {
  const { t } = useTranslation("meeting");
  return ({ text, why, other }) => t(`flag_${why}`, { text, other: other ?? "" });
}
