import { type ReactNode, useState } from "react";

/** What is seldom wanted, under its title; it is made when it is first opened. */
export function Folded({ title, children }: { title: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary className="w-fit cursor-pointer rounded text-quiet text-sm hover:text-ink">{title}</summary>
      {opened && <div className="mt-3">{children}</div>}
    </details>
  );
}
