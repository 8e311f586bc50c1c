import { memo } from "react";
import type { Citation } from "./attempt";
import { Mark } from "./Mark";
import { cutAtMarks } from "./marks";

/** Text while it is being written, whose marks open their evidence. Only the line that grows is drawn anew. */
export function StreamedText({ text, citations }: { text: string; citations: readonly Citation[] }) {
  const lines = text.split(/\n+/).filter((line) => line !== "");
  return (
    <div className="space-y-1 break-words leading-7">
      {lines.map((line, at) => (
        <Line key={at} text={line} citations={citations} />
      ))}
    </div>
  );
}

const Line = memo(function Line({ text, citations }: { text: string; citations: readonly Citation[] }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap">
      {cutAtMarks(text).map(({ words, mark }, at) => {
        const citation = citations.find(({ n }) => n === mark);
        return citation ? <Mark key={at} citation={citation} /> : words;
      })}
    </p>
  );
});
