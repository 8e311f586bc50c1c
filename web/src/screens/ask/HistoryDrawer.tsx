import { History as HistoryIcon } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Drawer } from "../../components/Drawer";
import { History } from "./History";

/** The conversations of before, in a drawer: for narrow pages. */
export function HistoryDrawer({ shown }: { shown: string | undefined }) {
  const { t } = useTranslation("ask");
  const [open, setOpen] = useState(false);
  const trigger = (
    <Button small kind="quiet">
      <HistoryIcon aria-hidden />
      {t("history")}
    </Button>
  );
  return (
    <Drawer title={t("history")} trigger={trigger} open={open} onOpen={setOpen}>
      <History shown={shown} onGo={() => setOpen(false)} />
    </Drawer>
  );
}
