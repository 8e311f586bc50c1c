import { useEffect, useEffectEvent } from "react";
import { type Action, actionOf } from "./keys";

/** Listens to the keys of this screen while it is shown. */
export function useKeys(act: (action: Action) => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const action = actionOf(event);
    if (action === null) return;
    event.preventDefault();
    act(action);
  });
  // a button is also pressed when the space bar is let go
  const letGo = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === " " && actionOf(event) !== null) event.preventDefault();
  });
  useEffect(() => {
    const down = (event: KeyboardEvent) => pressed(event);
    const up = (event: KeyboardEvent) => letGo(event);
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    return () => {
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
    };
  }, []);
}
