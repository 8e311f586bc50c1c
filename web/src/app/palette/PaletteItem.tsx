import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** One thing that can be chosen; `value` tells it from all others. */
export function PaletteItem({
  value,
  icon: Icon,
  onSelect,
  children,
}: {
  value: string;
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex cursor-pointer items-start gap-3 rounded-md px-3 py-2 data-[selected=true]:bg-accent-soft"
    >
      <Icon aria-hidden className="mt-1 size-4 shrink-0 text-quiet" />
      <div className="min-w-0 flex-1">{children}</div>
    </Command.Item>
  );
}

/** Things of one sort under their heading. */
export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="mb-1 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-quiet [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}
