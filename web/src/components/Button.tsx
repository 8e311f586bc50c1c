import { type ComponentProps, forwardRef, type MouseEvent } from "react";

type Kind = "plain" | "accent" | "danger" | "quiet";

const LOOKS: Record<Kind, string> = {
  plain: "border border-line bg-raised hover:bg-sunken",
  accent: "bg-accent text-accent-ink hover:opacity-90",
  danger: "border border-line bg-raised text-bad hover:bg-bad-soft",
  quiet: "text-quiet hover:bg-line/50 hover:text-ink",
};

/**
 * A button without a look. One that cannot be pressed now says so and does nothing; the browser's own disabling would
 * take the focus from it, and leave nowhere to give it back to.
 */
export const BareButton = forwardRef<HTMLButtonElement, ComponentProps<"button">>(function BareButton(
  { type = "button", disabled = false, ...rest },
  ref,
) {
  const unpressed = disabled && {
    "aria-disabled": true,
    onClick: (event: MouseEvent) => event.preventDefault(),
    onPointerDown: undefined,
    onKeyDown: undefined,
  };
  return <button ref={ref} type={type} {...rest} {...unpressed} />;
});

/** The look of a button with words, for links too that are the next thing to do. */
export function buttonLook({ kind = "plain", small = false }: { kind?: Kind; small?: boolean } = {}): string {
  const size = small ? "gap-1.5 px-2.5 py-1 text-sm" : "gap-2 px-3.5 py-2";
  return `inline-flex items-center justify-center rounded-md font-medium transition-colors aria-disabled:opacity-50 [&_svg]:size-4 ${size} ${LOOKS[kind]}`;
}

/** A button with words. */
export const Button = forwardRef<HTMLButtonElement, ComponentProps<"button"> & { kind?: Kind; small?: boolean }>(
  function Button({ kind, small, className = "", ...rest }, ref) {
    return <BareButton ref={ref} className={`${buttonLook({ kind, small })} ${className}`} {...rest} />;
  },
);

/** A button with a picture alone; its label is what it is called. */
export const IconButton = forwardRef<HTMLButtonElement, ComponentProps<"button"> & { label: string }>(
  function IconButton({ label, className = "", ...rest }, ref) {
    return (
      <BareButton
        ref={ref}
        aria-label={label}
        title={label}
        className={`inline-flex size-9 items-center justify-center rounded-md text-quiet hover:bg-line/50 hover:text-ink aria-disabled:opacity-50 [&_svg]:size-4.5 ${className}`}
        {...rest}
      />
    );
  },
);
