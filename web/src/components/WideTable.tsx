import type { ReactNode } from "react";

/** A table that may be wider than the screen: it scrolls by itself, by keyboard as well. */
export function WideTable({
  label,
  className = "",
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
    <section aria-label={label} tabIndex={0} className="overflow-x-auto">
      <table className={`w-full ${className}`}>{children}</table>
    </section>
  );
}
