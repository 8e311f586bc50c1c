import { useEvidence } from "../../evidence/EvidencePanel";
import type { Item } from "./queries";

/** The words of a matter; they open what it stands on. Long ones are cut after two lines. */
export function MatterButton({ item }: { item: Item }) {
  const open = useEvidence();
  const evidence = item.evidence[0];
  const text = (
    <span dir="auto" className="line-clamp-2 break-words" title={item.text}>
      {item.text}
    </span>
  );
  if (evidence === undefined) return text;
  return (
    <button type="button" onClick={() => open(evidence)} className="block max-w-full rounded text-left hover:underline">
      {text}
    </button>
  );
}
