import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";

/** A list that begins with a few, and shows all of them when asked. */
export function Few<T>({
  all,
  few,
  className,
  children,
}: {
  all: readonly T[];
  few: number;
  className: string;
  children: (one: T, at: number) => ReactNode;
}) {
  const { t } = useTranslation("compare");
  const [open, setOpen] = useState(false);
  return (
    <>
      <ul className={className}>{(open ? all : all.slice(0, few)).map(children)}</ul>
      {all.length > few && (
        <Button kind="quiet" small aria-expanded={open} className="mt-2" onClick={() => setOpen(!open)}>
          {open ? t("show_less") : t("show_all", { n: all.length })}
        </Button>
      )}
    </>
  );
}
