import type { Matter, MatterLink } from "./queries";

/** The links by which what holds becomes another. */
const CHANGES = new Set(["refines", "reverses", "re-dates", "hands-over", "worsens"]);

/** One step of a matter, the link that joins it to what came before, and whether what it says still holds. */
export interface Told {
  step: Matter["history"][number];
  link: MatterLink | null;
  /** `along` neither changed what holds nor is what holds. */
  stands: "holds" | "superseded" | "along";
}

/** The steps of a matter, the newest first. */
export function stepsOf(matter: Pick<Matter, "history" | "links">): Told[] {
  const says = matter.history.map(({ type }, at) => at === 0 || (type !== null && CHANGES.has(type)));
  const current = says.lastIndexOf(true);
  return matter.history
    .map((step, at) => ({
      step,
      link: matter.links.find((link) => link.joins && link.item_id === step.item_id) ?? null,
      stands: at === current ? ("holds" as const) : says[at] ? ("superseded" as const) : ("along" as const),
    }))
    .reverse();
}

/** Whether something of a matter was put in the place of what held before. */
export const wasChanged = (matter: Pick<Matter, "history" | "links">) =>
  stepsOf(matter).some(({ stands }) => stands === "superseded");
