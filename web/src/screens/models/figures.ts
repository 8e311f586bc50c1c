import type { Schemas } from "../../api/client";
import type { Budget } from "./queries";

type Money = Schemas["MoneyDocument"];

const SMALL = 1;

/** An amount as people of a language write it; of a small one more digits are shown. */
export function money({ amount, currency }: Money, language: string): string {
  const digits = amount !== 0 && Math.abs(amount) < SMALL ? 4 : 2;
  return new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: digits }).format(amount);
}

/** Amounts in several currencies; they are never added up. */
export const moneys = (costs: readonly Money[], language: string) =>
  costs.map((cost) => money(cost, language)).join(" + ");

/** A count with its thousands told apart. */
export const count = (value: number, language: string) => new Intl.NumberFormat(language).format(value);

/** Bytes in the unit that suits them, as disks are sold: 1 MB is a million. */
export function bytes(value: number, language: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[step],
    maximumFractionDigits: step > 2 ? 1 : 0,
  }).format(value / 1000 ** step);
}

/** The last months, the running one first, as the server names them: "2026-11". */
export function lastMonths(now: Date, many: number): string[] {
  return Array.from({ length: many }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}

/** How a budget stands: what is spent or held as a share of it, at most 1, and what that means. */
export function standing(
  { budget, spent, under_way }: Pick<Budget, "budget" | "spent" | "under_way">,
  warnAt: number,
): { share: number; state: "fine" | "near" | "over" } {
  const used = spent + under_way;
  const share = budget > 0 ? used / budget : 1;
  return { share: Math.min(1, share), state: share >= 1 ? "over" : share >= warnAt ? "near" : "fine" };
}
