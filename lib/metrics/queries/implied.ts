import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { Exact } from "@/lib/money";
import { IMPLIED_METRICS, type ImpliedContradiction, impliedContradiction } from "../rules/implied";
import { lastCompleteMonthEnd } from "../rules/periods";
import type { ResolvedPoint } from "../rules/series";
import { loadRates } from "./fx";
import { booksOfRecord, loadResolvedSeries } from "./series";
import { factorsOn, paidTerms, type Scope, type SubscriptionOverview, subscriptionOverview } from "./subscriptions";

type Implied = { day: string; customers: number; annual: string };

/** What the subscriptions add up to at the end of each of these days. */
async function standingOn(tx: Tx, scope: Scope, days: readonly string[]): Promise<Implied[]> {
  return tx.$queryRaw<Implied[]>`
    WITH ${paidTerms(scope)}
    SELECT d.day::text AS day, count(DISTINCT customer)::int AS customers, COALESCE(sum(annual), 0)::text AS annual
    FROM unnest(${[...days]}::date[]) AS d(day) LEFT JOIN term ON s <= d.day AND (e IS NULL OR e > d.day)
    GROUP BY d.day`;
}

type Input = {
  venture: { id: string; currency: string };
  series: ReadonlyMap<string, { points: readonly ResolvedPoint[] }>;
  overview: SubscriptionOverview;
  bookOfRecord: string | null;
  today: string;
};

const MOST_MONTHS = 36;

/**
 * Where reported MRR or customers and the subscriptions say different things: for the months from the first subscription
 * to the last complete month that the subscriptions speak about. Rates are those of each month's last day; a month
 * without a rate is not compared, and neither is anything while two sources of subscriptions disagree.
 */
export async function impliedContradictions(tx: Tx, input: Input): Promise<ImpliedContradiction[]> {
  const { venture, series, overview, bookOfRecord, today } = input;
  const { asOf, firstStart, currencies } = overview;
  if (asOf === null || firstStart === null || (overview.contradictions > 0 && !bookOfRecord)) return [];
  const until = lastCompleteMonthEnd([asOf, today].sort()[0] ?? today);
  const months = IMPLIED_METRICS.flatMap((metric) => series.get(metric)?.points ?? [])
    .filter(({ points, period }) => points[0]?.grain === "month" && period.to >= firstStart && period.to <= until)
    .map(({ period }) => period.to);
  const days = [...new Set(months)].sort().slice(-MOST_MONTHS);
  const [first] = days;
  if (first === undefined) return [];
  const rates = await loadRates(tx, venture.currency, currencies, first, until);
  const foreign = currencies.some((currency) => currency !== venture.currency);
  const rows: Implied[] = [];
  // Without a foreign currency the factors are the same on every day, and one look is enough.
  for (const some of foreign ? days.map((day) => [day]) : [days]) {
    const factors = factorsOn(rates, currencies, some[0] ?? until);
    if (factors) rows.push(...(await standingOn(tx, { ventureId: venture.id, factors, bookOfRecord }, some)));
  }
  const implied = {
    recurring_revenue: new Map(rows.map((row) => [row.day, new Exact(row.annual).div(12)])),
    customers: new Map(rows.map((row) => [row.day, new Exact(row.customers)])),
  };
  return IMPLIED_METRICS.flatMap((metric) => {
    const monthly = (series.get(metric)?.points ?? []).filter(({ points }) => points[0]?.grain === "month");
    return impliedContradiction(metric, monthly, implied[metric]) ?? [];
  });
}

export type ImpliedView = {
  metric: ImpliedContradiction["metric"];
  compared: number;
  months: { day: string; reported: string; implied: string; difference: string }[];
};

const text = (value: Exact): string => value.toDecimalPlaces(2).toFixed();

/** The same for the screen of a venture's data. */
export async function listImpliedContradictions(
  actor: Actor,
  venture: { id: string; currency: string },
): Promise<ImpliedView[]> {
  if (!maySeeVenture(actor, venture.id)) throw new AppError("NOT_FOUND");
  const today = clock.now().toISOString().slice(0, 10);
  const compare = async (tx: Tx) => {
    const series = await loadResolvedSeries(tx, venture, IMPLIED_METRICS, today);
    const overview = await subscriptionOverview(tx, venture.id);
    const bookOfRecord = (await booksOfRecord(tx, venture.id)).get("subscriptions") ?? null;
    return impliedContradictions(tx, { venture, series, overview, bookOfRecord, today });
  };
  const found = await db.$transaction(compare, { isolationLevel: "RepeatableRead", timeout: 60_000 });
  return found.map(({ metric, compared, differences }) => ({
    metric,
    compared,
    months: differences.map(({ day, reported, implied, difference }) => ({
      ...{ day, reported: text(reported), implied: text(implied), difference: text(difference) },
    })),
  }));
}
