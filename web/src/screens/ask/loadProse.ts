/** Loads what lays out the text of answers; called ahead, so that it is there when the first one is done. */
export const loadProse = () => import("./Prose");
