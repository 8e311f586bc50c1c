import { useNavigate } from "@tanstack/react-router";
import { MessageCircleQuestion } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PaletteGroup, PaletteItem } from "./PaletteItem";

/** Asks what was typed. */
export function AskGroup({ question, onDone }: { question: string; onDone: () => void }) {
  const { t } = useTranslation(["palette", "common"]);
  const navigate = useNavigate();
  const ask = () => {
    onDone();
    void navigate({ to: "/", search: { q: question || undefined } });
  };
  return (
    <PaletteGroup heading={t("common:ask")}>
      <PaletteItem value="ask" icon={MessageCircleQuestion} onSelect={ask}>
        <p className="break-words">{t("ask_this", { question })}</p>
      </PaletteItem>
    </PaletteGroup>
  );
}
