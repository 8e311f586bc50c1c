import { type ReactNode, useId } from "react";
import { Coded } from "./Coded";

/** A part of a screen: its heading, a line that says what it is for, what can be done with it, and its content. */
export function Section({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-10 first:mt-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 max-w-2xl">
          <h2 id={id} className="font-semibold text-lg">
            {title}
          </h2>
          {lead && (
            <p className="text-quiet text-sm">
              <Coded>{lead}</Coded>
            </p>
          )}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
