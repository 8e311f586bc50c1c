import { isOpen, isOverdue } from "./due";
import type { Matter } from "./queries";

/** What somebody has promised; the owner is null where nobody is known to own it. */
export interface Promises {
  owner: string | null;
  matters: Matter[];
  open: number;
  overdue: number;
}

/** Promises person by person by name, nobody's last; each person's by the day they are due, those without one last. */
export function byPerson(matters: readonly Matter[], day: string, language: string): Promises[] {
  const owners = [...new Set(matters.map((matter) => matter.owner))];
  return owners
    .map((owner) => ({ owner, some: matters.filter((matter) => matter.owner === owner) }))
    .map(({ owner, some }) => ({
      owner,
      matters: some.toSorted((one, other) => (one.due ?? "9999").localeCompare(other.due ?? "9999")),
      open: some.filter(isOpen).length,
      overdue: some.filter((matter) => isOverdue(matter, day)).length,
    }))
    .sort((one, other) => {
      if (one.owner === null || other.owner === null) return Number(one.owner === null) - Number(other.owner === null);
      return one.owner.localeCompare(other.owner, language);
    });
}
