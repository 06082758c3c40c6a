import "server-only";
import type { Tx } from "@/lib/db";
import { Exact } from "@/lib/money";
import { addDays, dayDate, dayText } from "../rules/periods";
import { inverseRate, type UsedRate } from "../rules/used-rates";

// Weekends and holidays have no rate of their own.
const RATE_AGE_DAYS = 7;

export type Rates = {
  rate: (currency: string, day: string) => Exact | null;
  /** The stored rate that `rate` would use; null for the quote itself and where there is none. */
  used: (currency: string, day: string) => UsedRate | null;
};

type Row = { base: string; quote: string; day: Date; rate: { toString(): string }; source: string };

/** The stored rates into `quote` around the days asked for; the rate of a day is the last one in the week before it. */
export async function loadRates(
  tx: Tx,
  quote: string,
  currencies: readonly string[],
  from: string,
  to: string,
): Promise<Rates> {
  const foreign = [...new Set(currencies)].filter((currency) => currency !== quote);
  const rows: Row[] =
    foreign.length === 0
      ? []
      : await tx.fxRate.findMany({
          where: {
            OR: [
              { base: { in: foreign }, quote },
              { base: quote, quote: { in: foreign } },
            ],
            supersededAt: null,
            day: { gte: dayDate(addDays(from, -RATE_AGE_DAYS)), lte: dayDate(to) },
          },
          orderBy: { day: "desc" },
        });
  const byCurrency = Map.groupBy(rows, (row) => (row.base === quote ? row.quote : row.base));
  const find = (currency: string, day: string): Row | undefined => {
    const earliest = addDays(day, -RATE_AGE_DAYS);
    const known = byCurrency.get(currency) ?? [];
    const newest = known.find((candidate) => dayText(candidate.day) <= day);
    if (!newest || dayText(newest.day) < earliest) return undefined;
    // Where a day has a rate each way, the straight one is used.
    return known.find(({ base, day: of }) => base === currency && of.getTime() === newest.day.getTime()) ?? newest;
  };
  const rate = (currency: string, day: string): Exact | null => {
    if (currency === quote) return new Exact(1);
    const row = find(currency, day);
    if (!row) return null;
    const value = new Exact(row.rate.toString());
    return row.base === currency ? value : inverseRate(value);
  };
  const used = (currency: string, day: string): UsedRate | null => {
    const row = currency === quote ? undefined : find(currency, day);
    if (!row) return null;
    return { base: row.base, quote: row.quote, day: dayText(row.day), rate: `${row.rate}`, source: row.source };
  };
  return { rate, used };
}
