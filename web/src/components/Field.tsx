import { type ComponentProps, type ReactNode, useId } from "react";
import { Coded } from "./Coded";

const LOOK = "w-full rounded-md border border-line bg-raised px-3 py-2 placeholder:text-quiet";
const LINE = `h-10.5 ${LOOK}`;

/** What goes with every field: its label above, and a hint below where there is one. */
function Labelled({ id, label, hint, children }: { id: string; label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-quiet text-sm">
          <Coded>{hint}</Coded>
        </p>
      )}
    </div>
  );
}

/** A line to write in, with its label. */
export function TextField({
  label,
  hint,
  className = "",
  ...rest
}: ComponentProps<"input"> & { label: string; hint?: string }) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint}>
      <input id={id} aria-describedby={hint && `${id}-hint`} className={`${LINE} ${className}`} {...rest} />
    </Labelled>
  );
}

/** Some lines to write in, with their label. */
export function LongTextField({
  label,
  hint,
  className = "",
  ...rest
}: ComponentProps<"textarea"> & { label: string; hint?: string }) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint}>
      <textarea id={id} rows={3} aria-describedby={hint && `${id}-hint`} className={`${LOOK} ${className}`} {...rest} />
    </Labelled>
  );
}

/** One of several to choose, with its label; the children are the options. */
export function ChoiceField({
  label,
  hint,
  className = "",
  ...rest
}: ComponentProps<"select"> & { label: string; hint?: string }) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint}>
      <select id={id} aria-describedby={hint && `${id}-hint`} className={`${LINE} ${className}`} {...rest} />
    </Labelled>
  );
}
