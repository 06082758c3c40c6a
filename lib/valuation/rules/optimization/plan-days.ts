import { addDays } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import type { PlanInputs } from "../../schema/optimization";

const DAYS_PER_MONTH = 365.25 / 12;
/** The day on which so many hours of work are done, and so many months later. */
export const dayAfter = (start: string, hours: number, { hoursPerMonth }: PlanInputs, months = 0): string =>
  addDays(start, Math.ceil((hours / hoursPerMonth + months) * DAYS_PER_MONTH));

export type StepState = "reached" | "late" | "under way" | "to come";

/** Where a promised step stands: its measure has come as far as was said, or the day of it has passed. */
export function stepState(
  { to, startsOn, showsOn }: { to: string | null; startsOn: string; showsOn: string },
  actual: string | null,
  today: string,
): StepState {
  if (to !== null && actual !== null && new Exact(actual).gte(to)) return "reached";
  if (today > showsOn) return "late";
  return today >= startsOn ? "under way" : "to come";
}
