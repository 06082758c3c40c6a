import "server-only";
import type { Db, Tx } from "@/lib/db";
import { dayText } from "@/lib/metrics/rules/periods";
import { inverseRate, type UsedRate } from "@/lib/metrics/rules/used-rates";
import { Exact, fromMinor } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";

/** US dollars for one unit, and the stored rate that says so; null for the dollar itself. */
export type DollarRate = { rate: Exact; used: UsedRate | null };

/** For each currency the newest stored rate up to that day; a currency without one is absent. */
export async function dollarRates(
  tx: Db | Tx,
  currencies: readonly string[],
  day: Date,
): Promise<Map<string, DollarRate>> {
  const rates = new Map<string, DollarRate>([["USD", { rate: new Exact(1), used: null }]]);
  const wanted = [...new Set(currencies)].filter((currency) => currency !== "USD");
  if (wanted.length === 0) return rates;
  const rows = await tx.fxRate.findMany({
    where: {
      supersededAt: null,
      day: { lte: day },
      OR: [
        { base: { in: wanted }, quote: "USD" },
        { base: "USD", quote: { in: wanted } },
      ],
    },
    orderBy: { day: "asc" },
  });
  // Ascending by day, so that the newest is what stays; a straight rate of the same day is preferred to an inverse one.
  const straightLast = [...rows].sort((a, b) => a.day.getTime() - b.day.getTime() || (a.base === "USD" ? -1 : 1));
  for (const { base, quote, rate, day: of, source } of straightLast) {
    const value = new Exact(rate.toString());
    const used = { base, quote, day: dayText(of), rate: value.toFixed(), source };
    if (quote === "USD") rates.set(base, { rate: value, used });
    else rates.set(quote, { rate: inverseRate(value), used });
  }
  return rates;
}

/** Plain US dollars, or null where no rate is known. */
export function inDollars(amountMinor: bigint, currency: string, rates: ReadonlyMap<string, DollarRate>): Exact | null {
  const known = rates.get(currency);
  return known ? fromMinor(amountMinor, currency).times(known.rate) : null;
}

/**
 * The venture's growth budget for a year, in plain units of its currency: the profile's cap × revenue of its newest twelve
 * reported months. Null where fewer are known, or where they are in another currency.
 */
export async function growthBudget(
  tx: Db | Tx,
  ventureId: string,
): Promise<{ amount: Exact; currency: string } | null> {
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId }, include: { venture: true } });
  if (!settings) return null;
  const { currency } = settings.venture;
  const months = await tx.metricPoint.findMany({
    where: { ventureId, metric: "revenue", basis: "actual", grain: "month", supersededAt: null },
    orderBy: { periodStart: "desc" },
    distinct: ["periodStart"],
    take: 12,
  });
  if (months.length < 12 || months.some((month) => month.currency !== currency)) return null;
  const revenue = months.reduce((sum, month) => sum.plus(month.value.toString()), new Exact(0));
  const cap = new Exact(resolveStored(settings).parameters.growthBudgetCap).div(100);
  return { amount: revenue.times(cap), currency };
}
