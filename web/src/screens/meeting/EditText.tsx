import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Utterance } from "../../api/transcript";
import { Button } from "../../components/Button";
import { Failure } from "../../components/Failure";
import { useCorrection } from "./changes";
import { useDesk } from "./desk";

/** Changes what a line says. */
export function EditText({ line, row }: { line: Utterance; row: number }) {
  const { t } = useTranslation(["meeting", "common"]);
  const { editing, edit, goTo } = useDesk();
  const refused = editing?.refused;
  const [text, setText] = useState(refused?.correction.text ?? line.text);
  const correction = useCorrection(row);
  const close = () => {
    edit(null);
    goTo(row, true);
  };
  const save = () => {
    if (text.trim() !== line.text.trim()) correction.mutate({ line: line.i, text, expected: line.text });
    close();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  return (
    <form onSubmit={submit} className="space-y-2 py-1">
      <textarea
        // biome-ignore lint/a11y/noAutofocus: it was opened to write in it
        autoFocus
        dir="auto"
        aria-label={t("edit_line")}
        value={text}
        rows={Math.min(8, Math.ceil(text.length / 60) + 1)}
        maxLength={10_000}
        onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") close();
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            save();
          }
        }}
        className="block w-full rounded-md border border-line bg-raised px-2 py-1"
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" small kind="accent" disabled={text.trim() === ""}>
          {t("common:save")}
        </Button>
        <Button small onClick={close}>
          {t("common:cancel")}
        </Button>
      </div>
      {refused && <Failure error={refused.error} />}
    </form>
  );
}
