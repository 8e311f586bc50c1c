import type { ReactNode } from "react";

/** What stands where there is nothing yet: a line that says so, and what to do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-16 text-center text-quiet">
      <p className="font-medium text-ink">{title}</p>
      {children}
    </div>
  );
}
