import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../components/Button";

const Palette = lazy(() => import("./Palette"));

const onApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Whether the palette is open: Ctrl-K, on a Mac Cmd-K, opens and closes it from anywhere. */
export function usePalette() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return { isOpen, open: () => setOpen(true), close: () => setOpen(false) };
}

/** The palette, loaded when it is first opened. */
export function LazyPalette({ onClose }: { onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <Palette onClose={onClose} />
    </Suspense>
  );
}

/** Opens the palette, and says by which keys that goes as well. */
export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation("palette");
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={onOpen}
      className="mx-3 mb-3 flex items-center gap-2 rounded-md border border-line bg-raised px-3 py-1.5 text-quiet text-sm hover:text-ink"
    >
      <Search aria-hidden className="size-4" />
      <span className="flex-1 text-left">{t("open")}</span>
      <kbd className="font-sans text-xs">{onApple() ? "⌘K" : "Ctrl K"}</kbd>
    </button>
  );
}

/** The same where there is little room. */
export function PaletteIcon({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation("palette");
  return (
    <IconButton label={t("open")} onClick={onOpen} className="ml-auto">
      <Search />
    </IconButton>
  );
}
