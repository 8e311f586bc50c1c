/** Loads what lays out the text of answers; called ahead, so that it is there when the first answer is. */
export const loadProse = () => import("./Prose");
