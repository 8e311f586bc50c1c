import { useSyncExternalStore } from "react";

const wide = () => window.matchMedia("(min-width: 64rem)");

function subscribe(changed: () => void) {
  const query = wide();
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

/** Whether there is room for something beside the transcript. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide().matches);
}
