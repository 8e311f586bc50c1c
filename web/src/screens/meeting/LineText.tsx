import { Fragment, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Utterance, Word } from "../../api/transcript";
import type { Match } from "./find";
import { type Piece, pieces } from "./pieces";

/** Below this the recogniser was more likely wrong than right. */
const UNSURE = 0.5;
const NO_WORDS: Word[] = [];
const WORD = "cursor-pointer rounded-xs";
const PLAYING = "bg-accent text-accent-ink";
const AT_REST = "hover:bg-accent-soft";
const DOTTED = "underline decoration-2 decoration-dotted decoration-warn underline-offset-4";

interface LineTextProps {
  line: Utterance;
  /** The word that plays; -1 where none does. */
  word: number;
  matches: Match[];
  /** The match that was gone to, where it is in this line. */
  match: Match | undefined;
}

/** The words of a line: the one that plays, those that were heard badly, and those that are searched for are marked. */
export function LineText({ line, word, matches, match }: LineTextProps) {
  const { t } = useTranslation("meeting");
  const words = line.words ?? NO_WORDS;
  const cut = useMemo(() => pieces(line.text, words, matches), [line.text, words, matches]);
  return (
    <p dir="auto" className="whitespace-pre-wrap break-words">
      {cut.map((piece, index) => {
        const text = piece.match < 0 ? piece.text : marked(piece, matches[piece.match] === match);
        const of = words[piece.word];
        if (of === undefined) return <Fragment key={index}>{text}</Fragment>;
        const sureness = of.probability ?? 1;
        const unsure = sureness < UNSURE;
        return (
          <span
            key={index}
            data-from={of.start}
            title={unsure ? t("unsure", { percent: Math.round(sureness * 100) }) : undefined}
            className={`${WORD} ${piece.word === word ? PLAYING : AT_REST} ${unsure ? DOTTED : ""}`}
          >
            {text}
          </span>
        );
      })}
    </p>
  );
}

/** A piece that was searched for; `found` says whether it is of the match that was gone to. */
function marked({ text }: Piece, found: boolean) {
  return (
    <mark className={found ? "rounded-xs bg-warn text-page" : "rounded-xs bg-warn-soft text-ink outline outline-warn"}>
      {text}
    </mark>
  );
}
