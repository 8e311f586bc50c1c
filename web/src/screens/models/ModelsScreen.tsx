import { useTranslation } from "react-i18next";
import { Screen } from "../../components/Screen";
import { Catalogue } from "./Catalogue";
import { RouteFinder } from "./RouteFinder";
import { Usage } from "./Usage";

/** Which models do the work, what they took and cost, and which ones are here. */
export function ModelsScreen() {
  const { t } = useTranslation();
  return (
    <Screen title={t("models")}>
      <RouteFinder />
      <Usage />
      <Catalogue />
    </Screen>
  );
}
