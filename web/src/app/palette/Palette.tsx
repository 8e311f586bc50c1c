import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFocusBack } from "../../components/useFocusBack";
import { AskGroup } from "./AskGroup";
import { questionOf } from "./matching";
import { PlaceGroups } from "./PlaceGroups";
import { SaidGroup } from "./SaidGroup";
import { useSaid } from "./useSaid";

/** Goes to any screen, project, meeting or moment, asks, and switches how things look, all by typing. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("palette");
  const [text, setText] = useState("");
  const went = useRef(false);
  const focusBack = useFocusBack();
  const question = questionOf(text);
  const query = text.trim();
  const said = useSaid(question === null ? query : "");
  const close = () => {
    went.current = true;
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            focusBack(event);
            if (went.current) document.getElementById("main")?.focus();
          }}
          className="fixed inset-x-3 top-3 z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-line bg-raised shadow-2xl sm:top-[12dvh]"
        >
          <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
          <Command label={t("title")} shouldFilter={false} loop>
            <div className="flex items-center gap-3 border-line border-b px-4">
              <Search aria-hidden className="size-4.5 shrink-0 text-quiet" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={t("placeholder")}
                className="min-w-0 flex-1 bg-transparent py-3.5 outline-none placeholder:text-quiet"
              />
            </div>
            <Command.List label={t("title")} className="max-h-[min(60dvh,28rem)] overflow-y-auto p-2">
              {question === null ? (
                <>
                  <PlaceGroups query={query} onDone={close} />
                  {query !== "" && <AskGroup question={query} onDone={close} />}
                  <SaidGroup said={said} onDone={close} />
                </>
              ) : (
                <AskGroup question={question} onDone={close} />
              )}
            </Command.List>
            <div className="flex flex-wrap justify-between gap-x-4 border-line border-t px-4 py-2 text-quiet text-xs">
              <p>{t("hint")}</p>
              <p role="status">{said.status}</p>
            </div>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
