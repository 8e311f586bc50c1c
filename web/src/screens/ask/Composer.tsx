import { ArrowUp, Square } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../api/client";
import { BareButton } from "../../components/Button";

const TALLEST_PX = 240;

/** Where a question is written: grows with it, Enter sends. `children` stand below the text. */
export function Composer({
  area,
  text,
  following,
  busy,
  onText,
  onSend,
  onStop,
  children,
}: {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  following: boolean;
  busy: boolean;
  onText: (text: string) => void;
  onSend: () => void;
  onStop: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation("ask");
  useGrowing(area, text);
  const empty = text.trim() === "";
  const typed = (event: KeyboardEvent) => {
    // an input method takes Enter to choose a word; Safari says so by the key code alone
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!empty && !busy) onSend();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty && !busy) onSend();
      }}
      className="rounded-2xl border border-line bg-raised p-2.5 shadow-sm focus-within:border-accent"
    >
      <textarea
        ref={area}
        rows={1}
        value={text}
        maxLength={4000}
        dir="auto"
        aria-label={t("question")}
        aria-keyshortcuts="Enter"
        title={t("keys")}
        placeholder={t(following ? "placeholder_on" : "placeholder")}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={typed}
        onFocus={warmUp}
        className="block w-full resize-none bg-transparent px-2 py-1.5 outline-none placeholder:text-quiet"
      />
      <div className="mt-1.5 flex items-end gap-2">
        <div className="min-w-0 flex-1">{children}</div>
        {busy ? (
          <RoundButton label={t("stop")} onClick={onStop}>
            <Square aria-hidden className="fill-current" />
          </RoundButton>
        ) : (
          <RoundButton label={t("send")} disabled={empty} submits>
            <ArrowUp aria-hidden />
          </RoundButton>
        )}
      </div>
    </form>
  );
}

function RoundButton({
  label,
  submits = false,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  submits?: boolean;
  disabled?: boolean;
  onClick?: () => void;
  children: ReactNode;
}) {
  return (
    <BareButton
      key={label}
      type={submits ? "submit" : "button"}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className="inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-accent text-accent-ink hover:opacity-90 aria-disabled:opacity-40 [&_svg]:size-4"
    >
      {children}
    </BareButton>
  );
}

/** Makes the text area as tall as its text, and ready to be written in. */
function useGrowing(area: RefObject<HTMLTextAreaElement | null>, text: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: its height follows its text
  useLayoutEffect(() => {
    if (area.current === null) return;
    area.current.style.height = "auto";
    area.current.style.height = `${Math.min(area.current.scrollHeight, TALLEST_PX)}px`;
  }, [text]);
  useLayoutEffect(() => makeReady(area.current), [area]);
}

/** Makes a text area ready to be written in where there is a keyboard; a finger would call one up. */
export function makeReady(area: HTMLTextAreaElement | null) {
  if (window.matchMedia("(pointer: fine)").matches) area?.focus({ preventScroll: true });
}

/** Somebody is about to ask: what an answer needs is loaded meanwhile. Nothing is lost where that fails. */
function warmUp() {
  client.POST("/api/v1/models/warm-up").catch(() => undefined);
}
