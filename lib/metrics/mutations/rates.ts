import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Tx } from "@/lib/db";
import { SHARED_DATA } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { refreshAndWatch } from "../mutations";
import { byText } from "../rules/measure";
import { dayDate, dayText } from "../rules/periods";
import { rateDataset, type UsedRate } from "../rules/used-rates";

export type RecordedRates = { inserted: number; changed: number; same: number; pairs: string[] };

const keyOf = ({ base, quote, day }: Pick<UsedRate, "base" | "quote" | "day">): string => `${base}/${quote}/${day}`;

async function lockPairs(tx: Tx, pairs: readonly string[], now: Date): Promise<void> {
  const rows = pairs.map((dataset) => ({ ventureId: SHARED_DATA, dataset, version: 0, changedAt: now }));
  await tx.datasetVersion.createMany({ data: rows, skipDuplicates: true });
  await tx.$queryRaw`
    SELECT 1 FROM "dataset_version" WHERE "ventureId" = ${SHARED_DATA}::uuid AND "dataset" = ANY (${[...pairs]}::text[])
    ORDER BY "dataset" FOR UPDATE`;
}

async function storedRates(tx: Tx, rows: readonly UsedRate[]): Promise<Map<string, string>> {
  const stored = await tx.fxRate.findMany({
    where: { OR: rows.map(({ base, quote, day }) => ({ base, quote, day: dayDate(day) })) },
  });
  return new Map(stored.map((row) => [keyOf({ ...row, day: dayText(row.day) }), row.rate.toString()]));
}

async function writeRates(tx: Tx, inserted: readonly UsedRate[], changed: readonly UsedRate[]): Promise<void> {
  await tx.fxRate.createMany({ data: inserted.map((row) => ({ ...row, day: dayDate(row.day) })) });
  for (const { base, quote, day, rate, source } of changed) {
    const where = { base_quote_day: { base, quote, day: dayDate(day) } };
    await tx.fxRate.update({ where, data: { rate, source } });
  }
}

async function storeRates(
  tx: Tx,
  actor: { ref: string },
  rows: readonly UsedRate[],
  now: Date,
): Promise<RecordedRates> {
  const pairsOf = (some: readonly UsedRate[]) =>
    [...new Set(some.map((row) => rateDataset(row.base, row.quote)))].sort(byText);
  await lockPairs(tx, pairsOf(rows), now);
  const before = await storedRates(tx, rows);
  const inserted = rows.filter((row) => !before.has(keyOf(row)));
  const changed = rows.filter((row) => {
    const rate = before.get(keyOf(row));
    return rate !== undefined && !new Exact(rate).eq(row.rate);
  });
  const pairs = pairsOf([...inserted, ...changed]);
  const counts = { inserted: inserted.length, changed: changed.length };
  if (pairs.length === 0) return { ...counts, same: rows.length, pairs };
  await writeRates(tx, inserted, changed);
  await tx.datasetVersion.updateMany({
    where: { ventureId: SHARED_DATA, dataset: { in: pairs } },
    data: { version: { increment: 1 }, changedAt: now },
  });
  const changes = changed.slice(0, 100).map((row) => ({ ...row, before: before.get(keyOf(row)) ?? null }));
  await recordEvent(tx, {
    ...{ ventureId: null, type: "rates.recorded", actor: actor.ref, subject: "fx", at: now },
    payload: { ...counts, pairs, changes },
  });
  return { ...counts, same: rows.length - inserted.length - changed.length, pairs };
}

/**
 * Stores exchange rates. Each pair of currencies is a data set of all ventures: a rate that is new or another than before
 * moves its version, and figures that were converted at that pair are stale until they are computed again.
 */
export async function recordRates(
  actor: { ref: string },
  rates: readonly UsedRate[],
  now: Date,
): Promise<RecordedRates> {
  const rows = [...new Map(rates.map((row) => [keyOf(row), row])).values()];
  if (rows.length === 0) return { inserted: 0, changed: 0, same: 0, pairs: [] };
  return db.$transaction((tx) => storeRates(tx, actor, rows, now), { timeout: 60_000 });
}

/** Ventures with facts in one currency of these pairs that are counted in the other. */
async function convertedBy(pairs: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT v."id" FROM "venture" v WHERE EXISTS (
      SELECT 1 FROM (
        SELECT "currency" FROM "metric_point" p WHERE p."ventureId" = v."id" AND p."supersededAt" IS NULL
        UNION SELECT "currency" FROM "subscription" s WHERE s."ventureId" = v."id" AND s."supersededAt" IS NULL
        UNION SELECT "currency" FROM "invoice" i WHERE i."ventureId" = v."id" AND i."supersededAt" IS NULL) held
      WHERE held."currency" IS NOT NULL
        AND 'fx:' || least(held."currency" COLLATE "C", v."currency" COLLATE "C") || '/'
          || greatest(held."currency" COLLATE "C", v."currency" COLLATE "C") = ANY (${[...pairs]}::text[]))`;
  return rows.map((row) => row.id);
}

/** The same, and the figures of every venture that converts at these pairs computed again. */
export async function recordRatesAndRefresh(actor: { ref: string }, rates: readonly UsedRate[], now: Date) {
  const recorded = await recordRates(actor, rates, now);
  for (const ventureId of await convertedBy(recorded.pairs)) await refreshAndWatch(ventureId, now);
  return recorded;
}
