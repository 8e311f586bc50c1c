import { useEffect } from "react";

const MOST = 20;
const CONTENT = "#main, [role=dialog]";

/**
 * Keeps the focus on the page when the element that has it is taken away: it goes to where it was last of what is still
 * there, at last to the screen.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let visited: HTMLElement[] = [];
    const note = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement) visited = [...visited.filter((one) => one !== target), target].slice(-MOST);
    };
    const rescue = () => {
      const last = visited.at(-1);
      // whoever clicks beside everything has taken the focus away themselves
      if (document.activeElement !== document.body || last === undefined || isThere(last)) return;
      visited = visited.filter((one) => isThere(one) && one.closest(CONTENT) !== null && one.checkVisibility());
      const back = visited.at(-1) ?? document.getElementById("main");
      if (back && isThere(back)) back.focus({ preventScroll: true });
    };
    const watcher = new MutationObserver(rescue);
    watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled", "aria-hidden"] });
    document.addEventListener("focusin", note);
    return () => {
      watcher.disconnect();
      document.removeEventListener("focusin", note);
    };
  }, []);
}

/** Whether an element is still on the page, can be used, and is not behind a dialog. */
function isThere(element: HTMLElement): boolean {
  return element.isConnected && element.closest(":disabled, [aria-hidden=true]") === null;
}
