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
      if (document.activeElement !== document.body || last === undefined || canBeFocused(last)) return;
      visited = visited.filter((one) => one.closest(CONTENT) !== null && canBeFocused(one));
      const back = visited.at(-1) ?? document.getElementById("main");
      if (back && canBeFocused(back)) back.focus({ preventScroll: true });
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

/** Whether an element is still there, and not behind a dialog. */
function canBeFocused(element: HTMLElement): boolean {
  const hidden = element.closest(":disabled, [aria-hidden=true]") !== null;
  return element.isConnected && !hidden && element.checkVisibility();
}
