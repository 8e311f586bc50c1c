import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/Failure";
import { Loading } from "../../components/Loading";
import { Screen } from "../../components/Screen";
import { Browser } from "./Browser";
import { Data } from "./Data";
import { InForce } from "./InForce";
import { settingsQuery } from "./queries";

/** How this browser looks, what can be done with all data, and the settings that the server runs with. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery);
  const home = settings.data?.home;
  return (
    <Screen title={t("settings")}>
      <Browser />
      {settings.isPending && <Loading />}
      {settings.isError && <Failure error={settings.error} retry={() => settings.refetch()} />}
      {settings.data && (
        <>
          <Data home={String(home)} />
          <InForce settings={settings.data.in_force} home={String(home)} />
        </>
      )}
    </Screen>
  );
}
