import { PanelRight } from "lucide-react";
import { Tabs } from "radix-ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Drawer } from "../../components/Drawer";
import { useDesk } from "./desk";
import { Items } from "./Items";
import { Listen } from "./Listen";
import { useWide } from "./useWide";
import { Voices } from "./Voices";

const TABS = [
  { tab: "items", Content: Items },
  { tab: "listen", Content: Listen },
  { tab: "speakers", Content: Voices },
] as const;

/** What goes along with the transcript: beside it where there is room, else in a panel that is opened. */
export function Side() {
  const { t } = useTranslation("meeting");
  const wide = useWide();
  if (!wide) return <SideDrawer />;
  return (
    <aside aria-label={t("beside")} className="sticky top-0 max-h-dvh self-start overflow-y-auto pt-2 pb-24">
      <SideTabs />
    </aside>
  );
}

function SideTabs() {
  const { t } = useTranslation("meeting");
  return (
    <Tabs.Root defaultValue="items">
      <Tabs.List aria-label={t("beside")} className="mb-3 flex gap-1 border-line border-b">
        {TABS.map(({ tab }) => (
          <Tabs.Trigger
            key={tab}
            value={tab}
            className="-mb-px border-transparent border-b-2 px-3 py-2 text-quiet data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {t(`tab_${tab}`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {TABS.map(({ tab, Content }) => (
        <Tabs.Content key={tab} value={tab}>
          <Content />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}

/** Closes as soon as something in it leads to a line. */
function SideDrawer() {
  const { t } = useTranslation("meeting");
  const { target, editing, done } = useDesk();
  const [openedAt, setOpenedAt] = useState<{ target: typeof target } | null>(null);
  const open = openedAt !== null && openedAt.target === target;
  // it must not lie over what is being written or told
  const hidden = editing !== null || done !== null;
  const trigger = (
    <Button small className={`fixed right-4 bottom-20 z-20 shadow-md ${hidden ? "invisible" : ""}`}>
      <PanelRight aria-hidden />
      {t("beside")}
    </Button>
  );
  return (
    <Drawer
      title={t("beside")}
      trigger={trigger}
      open={open}
      onOpen={(wanted) => setOpenedAt(wanted ? { target } : null)}
    >
      <SideTabs />
    </Drawer>
  );
}
