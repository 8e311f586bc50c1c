import { type ComponentProps, createContext, memo, useContext } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import type { Citation } from "./attempt";
import { Mark } from "./Mark";
import { linkMarks, markOf } from "./marks";

const PLUGINS = [remarkGfm];
const LEFT_OUT = ["img"];
// the same for every answer: other ones would draw each mark anew, and take the focus from it
const COMPONENTS: Components = {
  a: ({ href, children }) => <Anchor href={href}>{children}</Anchor>,
  p: ({ children }) => <p dir="auto">{children}</p>,
  li: ({ children }) => <li dir="auto">{children}</li>,
};
const Cited = createContext<readonly Citation[]>([]);

/** The text of an answer, whose marks [n] open their evidence. HTML in it is shown as text. */
function Prose({ text, citations }: { text: string; citations: readonly Citation[] }) {
  const known = citations.map(({ n }) => n);
  return (
    <Cited value={citations}>
      <div className="space-y-3 break-words leading-7 [&_li]:my-1 [&_ol]:list-decimal [&_ol]:ps-5 [&_table]:text-sm [&_td]:border [&_td]:border-line [&_td]:px-2 [&_th]:border [&_th]:border-line [&_th]:px-2 [&_ul]:list-disc [&_ul]:ps-5">
        <Markdown remarkPlugins={PLUGINS} components={COMPONENTS} disallowedElements={LEFT_OUT}>
          {linkMarks(text, known)}
        </Markdown>
      </div>
    </Cited>
  );
}

function Anchor({ href, children }: ComponentProps<"a">) {
  const n = markOf(href);
  const citation = useContext(Cited).find((one) => one.n === n);
  if (citation) return <Mark citation={citation} />;
  return (
    <a href={href} target="_blank" rel="noreferrer" className="text-accent underline">
      {children}
    </a>
  );
}

export default memo(Prose);
