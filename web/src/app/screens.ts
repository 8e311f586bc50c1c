import {
  BookA,
  CircleGauge,
  Folders,
  GitCompareArrows,
  ListChecks,
  MessageCircleQuestion,
  Mic,
  Settings,
  Users,
} from "lucide-react";

/** The screens that can be gone to from everywhere, in their order, each with its name among the common words. */
export const SCREENS = [
  { to: "/", word: "ask", icon: MessageCircleQuestion },
  { to: "/meetings", word: "meetings", icon: Mic },
  { to: "/projects", word: "projects", icon: Folders },
  { to: "/compare", word: "compare", icon: GitCompareArrows },
  { to: "/people", word: "people", icon: Users },
  { to: "/glossary", word: "glossary", icon: BookA },
  { to: "/models", word: "models", icon: CircleGauge },
  { to: "/jobs", word: "jobs", icon: ListChecks },
  { to: "/settings", word: "settings", icon: Settings },
] as const;
