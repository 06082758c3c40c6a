import "server-only";
import type { Tx } from "@/lib/db";
import { loadKnown, loadSeries } from "@/lib/market/queries/series";
import { loadAssumptions } from "@/lib/market/queries/timing";
import { chooseSeries } from "@/lib/market/rules/series-choice";
import { loadVentureFacts } from "@/lib/metrics/queries/performance";
import { growthFigures } from "@/lib/metrics/rules/finance-figures";
import { dayText, monthEndAfter } from "@/lib/metrics/rules/periods";
import type { VentureFacts } from "@/lib/metrics/rules/venture-facts";
import { crashSince, dropFromHigh, negativeSince, type Reading, type RollbackFacts } from "../rules/exit-rollbacks";
import type { ExitVenture } from "./exit-facts";

/** When tasks were made because readiness stayed low in this preparation: the latest such round. */
export async function remediatedOn(tx: Tx, preparationId: string): Promise<string | null> {
  const row = await tx.exitRound.findFirst({
    where: { preparationId, consequences: { array_contains: [{ kind: "readiness-low" }] } },
    orderBy: { round: "desc" },
  });
  return row ? dayText(row.checkedOn) : null;
}

/** Readiness by day as it was kept, oldest first. */
export async function readinessReadings(tx: Tx, ventureId: string): Promise<Reading[]> {
  const rows = await tx.readinessDay.findMany({ where: { ventureId }, orderBy: { day: "asc" } });
  return rows.flatMap(({ day, score }) => (score === null ? [] : [{ day: dayText(day), value: score.toFixed() }]));
}

type Timed = Pick<ExitVenture, "id" | "sector" | "businessModel">;

/** The fall of the multiples that exit timing looks at, as they were known today; null where no series is chosen or fits. */
export async function multiplesDrop(tx: Tx, venture: Timed, today: string) {
  const { assumptions } = await loadAssumptions(tx, venture.id, null);
  const key = chooseSeries(await loadSeries(tx), assumptions.series, venture).multiple;
  const points = key === null ? [] : await loadKnown(tx, key, today);
  const drop = dropFromHigh(points, today);
  return drop && { ...drop, since: crashSince(points, today) };
}

export const multiplesFall = async (tx: Tx, venture: Timed, today: string): Promise<string | null> =>
  (await multiplesDrop(tx, venture, today))?.fall ?? null;

const MOST_QUARTERS = 8;

/** Growth by quarter, newest last, back to the first quarter that is not negative or not known. */
function quartersOf(facts: VentureFacts): Reading[] {
  const readings: Reading[] = [];
  for (let back = 0; facts.financeThrough && back < MOST_QUARTERS; back += 1) {
    const day = monthEndAfter(facts.financeThrough, -3 * back);
    const { value } = growthFigures(facts, day).growth_rate;
    if (value === null) break;
    readings.unshift({ day, value });
    if (!value.startsWith("-")) break;
  }
  return readings;
}

const MOST_MONTHS = 120;

function* growthByMonth(facts: VentureFacts) {
  for (let back = 0; facts.financeThrough && back < MOST_MONTHS; back += 1) {
    const day = monthEndAfter(facts.financeThrough, -back);
    yield { day, value: growthFigures(facts, day).growth_rate.value };
  }
}

/** The newest month in which a key person left; null where none did, undefined where nobody counts them. */
function departureIn(facts: VentureFacts): string | null | undefined {
  const points = facts.series.get("key_people_left")?.points;
  return points && (points.findLast(({ value }) => value.value?.gt(0))?.period.to ?? null);
}

/** Growth by quarter and the newest departure, for the rules of 40.2 and of 40.3 alike. */
export async function peopleAndGrowth(tx: Tx, venture: ExitVenture, today: string) {
  const { facts } = await loadVentureFacts(tx, venture, today);
  const shrinkingSince = negativeSince(growthByMonth(facts));
  return { growth: quartersOf(facts), shrinkingSince, departedOn: departureIn(facts) };
}

export type Watched = { id: string; startedOn: string; qualified: number | null };

/** Everything that the rollback rules of a running preparation are judged by. */
export async function loadRollbackFacts(
  tx: Tx,
  venture: ExitVenture,
  { id, startedOn, qualified }: Watched,
  today: string,
): Promise<RollbackFacts> {
  return {
    ...{ today, startedOn, qualified, ...(await peopleAndGrowth(tx, venture, today)) },
    readiness: await readinessReadings(tx, venture.id),
    remediatedOn: await remediatedOn(tx, id),
    multiplesFall: await multiplesFall(tx, venture, today),
  };
}
