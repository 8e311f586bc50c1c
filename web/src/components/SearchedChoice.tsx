import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "./Field";

const SHOWN = 6;

/** Something that can be chosen: what it says, and a word on where it is from. */
export interface Option {
  id: string;
  text: string;
  note: string;
}

/** One of many to choose: those that hold the words that are looked for, the first few of them, as a list. */
export function SearchedChoice({
  label,
  options,
  chosen,
  onChoose,
}: {
  label: string;
  options: readonly Option[];
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const { t } = useTranslation();
  const name = useId();
  const [sought, setSought] = useState("");
  const found = matching(options, sought);
  const shown = found.slice(0, SHOWN);
  const apart = options.find(({ id }) => id === chosen);
  if (apart && !shown.includes(apart)) shown.unshift(apart);
  return (
    <fieldset className="min-w-0 space-y-2">
      <TextField
        type="search"
        label={label}
        placeholder={t("look_for_words")}
        value={sought}
        dir="auto"
        onChange={(event) => setSought(event.target.value)}
      />
      <ul className="max-h-56 divide-y divide-line/60 overflow-y-auto rounded-md border border-line">
        {shown.map(({ id, text, note }) => (
          <li key={id}>
            <label className="flex items-baseline gap-2 px-3 py-2 text-sm">
              <input type="radio" name={name} checked={id === chosen} onChange={() => onChoose(id)} />
              <span className="min-w-0">
                <span dir="auto" className="line-clamp-3 break-words">
                  {text}
                </span>
                <bdi className="block break-words text-quiet text-xs">{note}</bdi>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <p role="status" className="text-quiet text-sm">
        {t(found.length > SHOWN ? "found_more" : "found_all", { n: found.length })}
      </p>
    </fieldset>
  );
}

/** What holds all the words, in its own order. */
export function matching(options: readonly Option[], sought: string): Option[] {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  return options.filter(({ text, note }) => {
    const told = `${text} ${note}`.toLowerCase();
    return words.every((word) => told.includes(word));
  });
}
