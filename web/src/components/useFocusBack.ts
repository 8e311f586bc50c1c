import { useState } from "react";

/**
 * For a dialog that is rendered as long as it is open: what to do with the focus when it closes. It goes back to where
 * it was, from a menu's entry to what opened the menu, and to the screen where that has been deleted meanwhile.
 */
export function useFocusBack(): (event: Event) => void {
  const [before] = useState(() => openerOf(document.activeElement));
  return (event) => {
    event.preventDefault();
    const back = before instanceof HTMLElement && before.isConnected ? before : document.getElementById("main");
    back?.focus();
  };
}

/** What was pressed to come to an element: of a menu's entry, which is gone as soon as it is chosen, the menu's button. */
function openerOf(element: Element | null): Element | null {
  const menu = element?.closest("[role=menu]");
  return menu ? document.getElementById(menu.getAttribute("aria-labelledby") ?? "") : element;
}
