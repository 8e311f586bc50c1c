import { useNavigate } from "@tanstack/react-router";
import { SquarePen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Title } from "../../components/Title";
import { asking } from "./asking";
import { HistoryDrawer } from "./HistoryDrawer";
import type { Shown } from "./useConversation";

/** The way to a new question and, on narrow pages, to those of before. */
export function AskBar({
  conversation,
  shown,
  project,
}: {
  conversation: string | undefined;
  shown: Shown;
  project: string | undefined;
}) {
  const { t } = useTranslation(["ask", "common"]);
  const navigate = useNavigate();
  const { attempt } = shown;
  const fresh = conversation === undefined && attempt === undefined;
  const beginning = conversation === undefined && attempt?.state === "running";
  const begin = () => {
    if (attempt && conversation === undefined) asking.forget(attempt);
    void navigate({ to: "/", search: { project } });
  };
  return (
    <div className="-mx-2.5 flex min-h-12 items-center justify-end gap-1 pt-2">
      {!fresh && (
        <Title page={shown.kept?.title} className="sr-only">
          {t("common:ask")}
        </Title>
      )}
      {!fresh && !beginning && (
        <Button small kind="quiet" onClick={begin}>
          <SquarePen aria-hidden />
          {t("new_question")}
        </Button>
      )}
      <div className="xl:hidden">
        <HistoryDrawer shown={conversation} />
      </div>
    </div>
  );
}
