import { useState } from "react";

/**
 * For a dialog that is rendered as long as it is open: what to do with the focus when it closes. It goes back to where
 * it was, and to the screen where that has been deleted meanwhile.
 */
export function useFocusBack(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    const back = before instanceof HTMLElement && before.isConnected ? before : document.getElementById("main");
    back?.focus();
  };
}
