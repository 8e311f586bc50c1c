import type { Schemas } from "../../api/client";
import { isNameless } from "../meeting/names";
import type { Person, Side } from "./queries";

/** Somebody of a project: the name, the side where it is known, and the profile of those who were named by voice. */
export interface Somebody {
  name: string;
  side: Side | null;
  person: Person | null;
}

/** Everybody of a project once: those with a profile first, then those whom transcripts name. Numbers are nobody's. */
export function everybody(people: readonly Person[], sides: readonly Schemas["SpeakerSideDocument"][]): Somebody[] {
  const sideOf = new Map(sides.map(({ name, side }) => [name, side]));
  const named = new Set(people.map(({ name }) => name));
  return [
    ...people.map((person) => ({ name: person.name, side: sideOf.get(person.name) ?? null, person })),
    ...sides
      .filter(({ name }) => !named.has(name) && !isNameless(name))
      .map(({ name, side }) => ({ name, side, person: null })),
  ];
}
