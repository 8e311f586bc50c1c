import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

const THERE = "#main, [role=dialog], [role=alertdialog]";

/** Whoever goes to another screen begins there: the focus is in it, or stays in a window that is open over it. */
export function useArrival(): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    const isFirst = before.current === undefined || before.current === path;
    before.current = path;
    if (isFirst || document.activeElement?.closest(THERE)) return;
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [path]);
}
