import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { wakeConditional } from "@/lib/decisions/mutations/conditions";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { SHARED_DATA } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { refreshAndWatch } from "../mutations";
import { listConverting } from "../queries/rates";
import { byText } from "../rules/measure";
import { dayDate, dayText } from "../rules/periods";
import { rateDataset, type UsedRate } from "../rules/used-rates";
import type { RateInput, TakeBackRate } from "../schema";

export type RecordedRates = { inserted: number; changed: number; same: number; pairs: string[] };

const keyOf = ({ base, quote, day }: Pick<UsedRate, "base" | "quote" | "day">): string => `${base}/${quote}/${day}`;

/** The versions of the pairs, until the transaction ends: imports and rates by hand then never cross. */
async function lockPairs(tx: Tx, pairs: readonly string[], now: Date): Promise<void> {
  const rows = pairs.map((dataset) => ({ ventureId: SHARED_DATA, dataset, version: 0, changedAt: now }));
  await tx.datasetVersion.createMany({ data: rows, skipDuplicates: true });
  await tx.$queryRaw`
    SELECT 1 FROM "dataset_version" WHERE "ventureId" = ${SHARED_DATA}::uuid AND "dataset" = ANY (${[...pairs]}::text[])
    ORDER BY "dataset" FOR UPDATE`;
}

const movePairs = (tx: Tx, pairs: readonly string[], now: Date) =>
  tx.datasetVersion.updateMany({
    where: { ventureId: SHARED_DATA, dataset: { in: [...pairs] } },
    data: { version: { increment: 1 }, changedAt: now },
  });

type Stored = { id: bigint; rate: string; source: string };

async function storedRates(tx: Tx, rows: readonly UsedRate[]): Promise<Map<string, Stored>> {
  const stored = await tx.fxRate.findMany({
    where: { supersededAt: null, OR: rows.map(({ base, quote, day }) => ({ base, quote, day: dayDate(day) })) },
  });
  return new Map(
    stored.map((row) => [
      keyOf({ ...row, day: dayText(row.day) }),
      { id: row.id, rate: row.rate.toString(), source: row.source },
    ]),
  );
}

type Change = { actor: { ref: string }; rows: readonly UsedRate[]; reason: string | null; now: Date };

async function storeRates(tx: Tx, { actor, rows, reason, now }: Change): Promise<RecordedRates> {
  const pairsOf = (some: readonly UsedRate[]) =>
    [...new Set(some.map((row) => rateDataset(row.base, row.quote)))].sort(byText);
  await lockPairs(tx, pairsOf(rows), now);
  const before = await storedRates(tx, rows);
  const inserted = rows.filter((row) => !before.has(keyOf(row)));
  const changed = rows.filter((row) => {
    const stored = before.get(keyOf(row));
    return stored && (!new Exact(stored.rate).eq(row.rate) || stored.source !== row.source);
  });
  const pairs = pairsOf([...inserted, ...changed]);
  const counts = { inserted: inserted.length, changed: changed.length };
  if (pairs.length === 0) return { ...counts, same: rows.length, pairs };
  const replaced = changed.flatMap((row) => before.get(keyOf(row))?.id ?? []);
  await tx.fxRate.updateMany({ where: { id: { in: replaced } }, data: { supersededAt: now } });
  const recorded = { asOf: now, recordedAt: now, recordedBy: actor.ref, reason };
  await tx.fxRate.createMany({
    data: [...inserted, ...changed].map((row) => ({ ...row, day: dayDate(row.day), ...recorded })),
  });
  await movePairs(tx, pairs, now);
  const changes = changed.slice(0, 100).map((row) => ({ ...row, before: before.get(keyOf(row))?.rate ?? null }));
  await recordEvent(tx, {
    ...{ ventureId: null, type: "rates.recorded", actor: actor.ref, subject: "fx", at: now },
    payload: { ...counts, pairs, changes, reason },
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
  reason: string | null = null,
): Promise<RecordedRates> {
  const rows = [...new Map(rates.map((row) => [keyOf(row), row])).values()];
  if (rows.length === 0) return { inserted: 0, changed: 0, same: 0, pairs: [] };
  return db.$transaction((tx) => storeRates(tx, { actor, rows, reason, now }), { timeout: 60_000 });
}

/** The figures of every venture that converts at these pairs, computed again. */
async function refreshConverting(pairs: readonly string[], now: Date): Promise<void> {
  for (const ventureId of await listConverting(pairs)) {
    await refreshAndWatch(ventureId, now);
    await wakeConditional(ventureId, now);
  }
}

export async function recordRatesAndRefresh(actor: { ref: string }, rates: readonly UsedRate[], now: Date) {
  const recorded = await recordRates(actor, rates, now);
  await refreshConverting(recorded.pairs, now);
  return recorded;
}

export type RateRefusal = "ALL_VENTURES" | "FUTURE_DAY" | "SAME_VALUE" | "REASON_REQUIRED" | "CHANGED_SINCE";

/** One rate by a person. It takes the place of a stored one of the same day and pair only with a reason. */
export async function addRate(
  actor: Actor,
  { reason, ...row }: RateInput,
  now: Date,
): Promise<Result<RecordedRates, RateRefusal>> {
  if (actor.ventures !== "all") return refuse("ALL_VENTURES");
  if (row.day > dayText(now)) return refuse("FUTURE_DAY", [{ path: "day", expected: "today or an earlier day" }]);
  const recorded = await db.$transaction(async (tx) => {
    await lockPairs(tx, [rateDataset(row.base, row.quote)], now);
    const stored = (await storedRates(tx, [row])).get(keyOf(row));
    if (stored && new Exact(stored.rate).eq(row.rate) && stored.source === row.source) return "SAME_VALUE" as const;
    if (stored && reason === "") return stored;
    return storeRates(tx, { actor, rows: [row], reason: stored ? reason : null, now });
  });
  if (recorded === "SAME_VALUE") return refuse(recorded);
  if ("id" in recorded) {
    const expected = `why ${new Exact(recorded.rate).toFixed()} of ${recorded.source}, which is stored for that day, is replaced`;
    return refuse("REASON_REQUIRED", [{ path: "reason", expected }]);
  }
  await refreshConverting(recorded.pairs, now);
  return ok(recorded);
}

/** Takes back a rate that a person added: it becomes history, and what it replaced stands again. */
export async function takeBackRate(
  actor: Actor,
  { rateId, reason }: TakeBackRate,
  now: Date,
): Promise<Result<{ pair: string }, RateRefusal>> {
  if (actor.ventures !== "all") return refuse("ALL_VENTURES");
  const row = await db.fxRate.findUnique({ where: { id: BigInt(rateId) } });
  if (!row || row.importId !== null || !row.recordedBy.startsWith("user:")) throw new AppError("NOT_FOUND");
  const { base, quote, day, recordedAt } = row;
  const pair = rateDataset(base, quote);
  const done = await db.$transaction(async (tx) => {
    await lockPairs(tx, [pair], now);
    const { count } = await tx.fxRate.updateMany({
      where: { id: row.id, supersededAt: null },
      data: { supersededAt: now },
    });
    if (count !== 1) return false;
    const replaced = { base, quote, day, supersededAt: recordedAt, supersededByImportId: null, id: { not: row.id } };
    const restored = await tx.fxRate.updateMany({ where: replaced, data: { supersededAt: null } });
    await movePairs(tx, [pair], now);
    const taken = { base, quote, day: dayText(day), rate: row.rate.toString(), source: row.source };
    await recordEvent(tx, {
      ...{ ventureId: null, type: "rates.taken-back", actor: actor.ref, subject: "fx", at: now },
      payload: { ...taken, restored: restored.count, reason },
    });
    return true;
  });
  if (!done) return refuse("CHANGED_SINCE");
  await refreshConverting([pair], now);
  return ok({ pair });
}
