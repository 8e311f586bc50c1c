/** The sections of a dossier, what matters most first: who speaks, and of what, changes with every meeting. */
export const SECTIONS = [
  "decisions",
  "commitments",
  "questions",
  "risks",
  "metrics",
  "conflicts",
  "purpose",
  "people",
  "timeline",
  "glossary",
] as const;

export type SectionKey = (typeof SECTIONS)[number];

/** Whether a section of a dossier is one of these. */
export const isSection = (key: string): key is SectionKey => SECTIONS.some((known) => known === key);
