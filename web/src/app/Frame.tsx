import { Link, Outlet, useMatchRoute, useNavigate } from "@tanstack/react-router";
import { Menu, Moon, Sun } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/Button";
import { TITLE } from "../components/Title";
import { EvidenceProvider } from "../evidence/EvidencePanel";
import { speak, spoken } from "../i18n";
import { PlayerProvider } from "../player/Player";
import { UploadsProvider } from "../uploads/Uploads";
import { linkedMoment } from "./linked";
import { LazyPalette, PaletteButton, PaletteIcon, usePalette } from "./palette/PaletteOpener";
import { SCREENS } from "./screens";
import { chooseTheme, useNight } from "./theme";
import { useArrival } from "./useArrival";
import { useFocusKept } from "./useFocusKept";

/** What stands around every screen: the way to the others, the player, the panel of evidence. */
export function Frame() {
  const { t } = useTranslation();
  const palette = usePalette();
  useLinkedMoment();
  useArrival();
  useFocusKept();
  return (
    <PlayerProvider>
      <UploadsProvider>
        <EvidenceProvider>
          <a
            href="#main"
            className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-raised focus:px-4 focus:py-2"
          >
            {t("skip")}
          </a>
          <div className="lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
            <aside
              aria-label={t("app")}
              className="sticky top-0 hidden h-dvh flex-col border-line border-r bg-sunken lg:flex"
            >
              <Brand />
              <PaletteButton onOpen={palette.open} />
              <Ways />
              <Looks />
            </aside>
            <header className="sticky top-0 z-30 flex items-center gap-2 border-line border-b bg-page/95 px-2 py-1 lg:hidden">
              <Drawer />
              <span className="font-semibold">{t("app")}</span>
              <PaletteIcon onOpen={palette.open} />
            </header>
            <main id="main" tabIndex={-1} aria-labelledby={TITLE} className="min-h-dvh min-w-0 pb-24 outline-none">
              <Outlet />
            </main>
          </div>
          {palette.isOpen && <LazyPalette onClose={palette.close} />}
        </EvidenceProvider>
      </UploadsProvider>
    </PlayerProvider>
  );
}

function Brand() {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-2 px-4 py-5">
      <img src="/static/icon.svg" alt="" className="size-6" />
      <span className="font-semibold text-lg tracking-tight">{t("app")}</span>
    </div>
  );
}

function Ways({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const inConversation = useMatchRoute()({ to: "/conversations/$conversation" }) !== false;
  return (
    <nav className="flex-1 overflow-y-auto px-2" aria-label={t("menu")}>
      <ul className="space-y-0.5">
        {SCREENS.map(({ to, word, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              onClick={onGo}
              activeOptions={{ exact: to === "/", includeSearch: false }}
              aria-current={to === "/" && inConversation ? "page" : undefined}
              className="flex items-center gap-3 rounded-md px-3 py-2 text-quiet hover:bg-line/50 hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              <Icon aria-hidden className="size-4.5" />
              {t(word)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Looks() {
  const { t } = useTranslation();
  const dark = useNight();
  const other = spoken() === "zh" ? "en" : "zh";
  return (
    <div className="flex items-center gap-1 border-line border-t p-2">
      <button
        type="button"
        lang={other}
        onClick={() => speak(other)}
        className="rounded-md px-3 py-2 text-quiet text-sm hover:bg-line/50 hover:text-ink"
      >
        {other === "zh" ? "中文" : "English"}
      </button>
      <IconButton label={dark ? t("light") : t("dark")} onClick={() => chooseTheme(dark ? "light" : "dark")}>
        {dark ? <Sun /> : <Moon />}
      </IconButton>
    </div>
  );
}

function Drawer() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <IconButton label={t("menu")}>
          <Menu />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-64 flex-col bg-sunken shadow-xl"
        >
          <Dialog.Title className="sr-only">{t("menu")}</Dialog.Title>
          <Brand />
          <Ways onGo={() => setOpen(false)} />
          <Looks />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Exported documents link to moments by the fragment of the address; those lead to the meeting's screen. */
function useLinkedMoment() {
  const navigate = useNavigate();
  useEffect(() => {
    const follow = () => {
      const moment = linkedMoment(location.hash);
      if (moment === null) return;
      const { meeting, ...search } = moment;
      void navigate({ to: "/meetings/$meeting", params: { meeting }, search, replace: true });
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [navigate]);
}
