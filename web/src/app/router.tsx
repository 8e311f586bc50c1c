import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter } from "@tanstack/react-router";
import { meetingQuery } from "../api/queries";
import { openingQuery } from "../api/transcript";
import { Frame } from "./Frame";
import { lazyScreen } from "./lazyScreen";
import { NotFound } from "./NotFound";
import { ScreenFailure } from "./ScreenFailure";

interface Context {
  queries: QueryClient;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
const number = (value: unknown): number | undefined => {
  const found =
    typeof value === "number" ? value : typeof value === "string" && value !== "" ? Number(value) : Number.NaN;
  return Number.isFinite(found) ? found : undefined;
};

const root = createRootRouteWithContext<Context>()({ component: Frame, notFoundComponent: NotFound });

// one screen for both, so that a new conversation can get its address without being drawn anew
const asking = createRoute({
  getParentRoute: () => root,
  id: "asking",
  component: lazyScreen(() => import("../screens/ask/AskScreen"), "AskScreen"),
});
const ask = createRoute({
  getParentRoute: () => asking,
  path: "/",
  validateSearch: (search: Record<string, unknown>): { project?: string; q?: string } => ({
    project: text(search.project),
    q: text(search.q),
  }),
});
const conversation = createRoute({
  getParentRoute: () => asking,
  path: "/conversations/$conversation",
});
const meetings = createRoute({
  getParentRoute: () => root,
  path: "/meetings",
  validateSearch: (search: Record<string, unknown>): { project?: string } => ({ project: text(search.project) }),
  component: lazyScreen(() => import("../screens/meetings/MeetingsScreen"), "MeetingsScreen"),
});
const meeting = createRoute({
  getParentRoute: () => root,
  path: "/meetings/$meeting",
  validateSearch: (search: Record<string, unknown>): { line?: number; t?: number } => ({
    line: number(search.line),
    t: number(search.t),
  }),
  // asked for while the screen's code is still coming
  loader: ({ context: { queries }, params }) => {
    void queries.prefetchQuery(meetingQuery(params.meeting));
    void queries.prefetchQuery(openingQuery(params.meeting));
  },
  component: lazyScreen(() => import("../screens/meeting/MeetingScreen"), "MeetingScreen"),
});
const projects = createRoute({
  getParentRoute: () => root,
  path: "/projects",
  component: lazyScreen(() => import("../screens/project/ProjectsScreen"), "ProjectsScreen"),
});
const project = createRoute({
  getParentRoute: () => root,
  path: "/projects/$project",
  component: lazyScreen(() => import("../screens/project/ProjectScreen"), "ProjectScreen"),
});
const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  validateSearch: (
    search: Record<string, unknown>,
  ): { project?: string; from?: string; to?: string; week?: string } => ({
    project: text(search.project),
    from: text(search.from),
    to: text(search.to),
    week: text(search.week),
  }),
  component: lazyScreen(() => import("../screens/compare/CompareScreen"), "CompareScreen"),
});
const people = createRoute({
  getParentRoute: () => root,
  path: "/people",
  validateSearch: (search: Record<string, unknown>): { project?: string } => ({ project: text(search.project) }),
  component: lazyScreen(() => import("../screens/people/PeopleScreen"), "PeopleScreen"),
});
const glossary = createRoute({
  getParentRoute: () => root,
  path: "/glossary",
  validateSearch: (search: Record<string, unknown>): { project?: string } => ({ project: text(search.project) }),
  component: lazyScreen(() => import("../screens/glossary/GlossaryScreen"), "GlossaryScreen"),
});
const models = createRoute({
  getParentRoute: () => root,
  path: "/models",
  component: lazyScreen(() => import("../screens/models/ModelsScreen"), "ModelsScreen"),
});
const jobs = createRoute({
  getParentRoute: () => root,
  path: "/jobs",
  component: lazyScreen(() => import("../screens/jobs/JobsScreen"), "JobsScreen"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyScreen(() => import("../screens/settings/SettingsScreen"), "SettingsScreen"),
});

const tree = root.addChildren([
  asking.addChildren([ask, conversation]),
  meetings,
  meeting,
  projects,
  project,
  compare,
  people,
  glossary,
  models,
  jobs,
  settings,
]);

/** Whether an address leads to a moment of a meeting, to which its own screen scrolls. */
function leadsToMoment({ line, t }: { line?: number; t?: number }): boolean {
  return line !== undefined || t !== undefined;
}

/** The router of the whole app; screens are loaded when they are first shown. */
export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: "intent",
    scrollRestoration: ({ location: { search } }) => !leadsToMoment(search),
    defaultErrorComponent: ScreenFailure,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
