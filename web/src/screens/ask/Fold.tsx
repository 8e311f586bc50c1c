import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** What need not be seen at once, under a title that opens it. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group text-sm">
      <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded-md py-1 text-quiet hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {title}
      </summary>
      <div className="mt-2 space-y-5 rounded-lg border border-line bg-raised p-4">{children}</div>
    </details>
  );
}
