import type { ReactNode } from "react";
import { Title } from "./Title";

/** A screen: its heading, what can be done with all of it, and its content. */
export function Screen({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-5xl px-4 py-6 sm:px-8">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <Title className="min-w-0 break-words font-semibold text-2xl tracking-tight">{title}</Title>
        {actions && <div className="flex min-w-0 flex-wrap items-center gap-2 *:min-w-0">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
