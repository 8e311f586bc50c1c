import { type ComponentProps, forwardRef } from "react";

type Kind = "plain" | "accent" | "danger" | "quiet";

const LOOKS: Record<Kind, string> = {
  plain: "border border-line bg-raised hover:bg-sunken",
  accent: "bg-accent text-accent-ink hover:opacity-90",
  danger: "border border-line bg-raised text-bad hover:bg-bad-soft",
  quiet: "text-quiet hover:bg-line/50 hover:text-ink",
};

/** A button with words. */
export const Button = forwardRef<HTMLButtonElement, ComponentProps<"button"> & { kind?: Kind; small?: boolean }>(
  function Button({ kind = "plain", small = false, className = "", type = "button", ...rest }, ref) {
    const size = small ? "gap-1.5 px-2.5 py-1 text-sm" : "gap-2 px-3.5 py-2";
    return (
      <button
        ref={ref}
        type={type}
        className={`inline-flex items-center justify-center rounded-md font-medium transition-colors disabled:opacity-50 [&_svg]:size-4 ${size} ${LOOKS[kind]} ${className}`}
        {...rest}
      />
    );
  },
);

/** A button with a picture alone; its label is what it is called. */
export const IconButton = forwardRef<HTMLButtonElement, ComponentProps<"button"> & { label: string }>(
  function IconButton({ label, className = "", type = "button", ...rest }, ref) {
    return (
      <button
        ref={ref}
        type={type}
        aria-label={label}
        title={label}
        className={`inline-flex size-9 items-center justify-center rounded-md text-quiet hover:bg-line/50 hover:text-ink disabled:opacity-50 [&_svg]:size-4.5 ${className}`}
        {...rest}
      />
    );
  },
);
