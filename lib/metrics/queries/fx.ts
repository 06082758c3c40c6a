import "server-only";
import type { Tx } from "@/lib/db";
import { Exact } from "@/lib/money";
import { addDays, dayDate } from "../rules/periods";

// Weekends and holidays have no rate of their own.
const RATE_AGE_DAYS = 7;

export type Rates = { rate: (currency: string, day: string) => Exact | null };

type Row = { base: string; quote: string; day: Date; rate: { toString(): string } };

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
            day: { gte: dayDate(addDays(from, -RATE_AGE_DAYS)), lte: dayDate(to) },
          },
          orderBy: { day: "desc" },
        });
  const rate = (currency: string, day: string): Exact | null => {
    if (currency === quote) return new Exact(1);
    const earliest = addDays(day, -RATE_AGE_DAYS);
    const row = rows.find((candidate) => {
      const on = candidate.day.toISOString().slice(0, 10);
      return (candidate.base === currency || candidate.quote === currency) && on <= day && on >= earliest;
    });
    if (!row) return null;
    const value = new Exact(row.rate.toString());
    return row.base === currency ? value : new Exact(1).div(value);
  };
  return { rate };
}
