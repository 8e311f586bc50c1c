import { createContext, useContext, useState } from "react";

/** Whether the transcript is at rest, not being scrolled. */
export const Resting = createContext(true);

/** Whether the transcript has rested since this row came. Of rows that fly past, only what can be read then is drawn. */
export function useRested(): boolean {
  const resting = useContext(Resting);
  const [rested, setRested] = useState(resting);
  if (resting && !rested) setRested(true);
  return rested;
}
