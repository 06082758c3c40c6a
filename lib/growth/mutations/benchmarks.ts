import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { SHARED_DATA } from "@/lib/figures/schema";
import { toMinor } from "@/lib/money";
import { BENCHMARKS } from "../queries/benchmarks";
import { CHANNEL_SPEND } from "../queries/channel-spend";
import { readRows } from "../rules/benchmark-file";
import {
  BENCHMARK_COLUMNS,
  type BenchmarkFileRow,
  benchmarkRowSchema,
  CHANNEL_SPEND_COLUMNS,
  channelSpendRowSchema,
} from "../schema/benchmarks";
import { bumpDataset, lockDataset, TRANSACTION } from "./driver-tree";

export type Loaded = { rows: number; changed: number };

const dayOf = (text: string): Date => new Date(`${text}T00:00:00Z`);

async function keepBenchmark(tx: Tx, row: BenchmarkFileRow, by: string, now: Date): Promise<boolean> {
  const key = {
    ...{ metric: row.metric, businessModel: row.business_model, source: row.source },
    ...{ revenueFrom: BigInt(row.revenue_from), asOf: dayOf(row.as_of) },
  };
  const values = {
    ...{ p25: row.p25, p50: row.p50, p75: row.p75, sampleSize: Number(row.sample_size) },
    revenueTo: row.revenue_to === "" ? null : BigInt(row.revenue_to),
  };
  const where = { metric_businessModel_revenueFrom_asOf_source: key };
  const held = await tx.benchmark.findUnique({ where });
  const same =
    held?.sampleSize === values.sampleSize &&
    held.revenueTo === values.revenueTo &&
    (["p25", "p50", "p75"] as const).every((part) => held[part].equals(values[part]));
  if (same) return false;
  const stamp = { loadedBy: by, loadedAt: now };
  await tx.benchmark.upsert({ where, create: { ...key, ...values, ...stamp }, update: { ...values, ...stamp } });
  return true;
}

/** A file of benchmarks, all rows or none; the same file again changes nothing. */
export async function loadBenchmarks(actor: Actor, csv: string, now: Date): Promise<Result<Loaded, "INVALID_INPUT">> {
  const read = readRows(csv, BENCHMARK_COLUMNS, benchmarkRowSchema);
  if (!read.ok) return read;
  const rows = read.value;
  const changed = await db.$transaction(async (tx) => {
    await lockDataset(tx, SHARED_DATA, BENCHMARKS, now);
    let count = 0;
    for (const row of rows) if (await keepBenchmark(tx, row, actor.ref, now)) count += 1;
    if (count === 0) return 0;
    const { version } = await bumpDataset(tx, SHARED_DATA, BENCHMARKS, now);
    const payload = {
      rows: rows.length,
      changed: count,
      version,
      sources: [...new Set(rows.map((row) => row.source))],
    };
    await recordEvent(tx, {
      ...{ ventureId: null, type: "benchmarks.loaded", actor: actor.ref, subject: "benchmarks", payload, at: now },
    });
    return count;
  }, TRANSACTION);
  return ok({ rows: rows.length, changed });
}

/** What was spent by channel and month, all rows or none; a month that is held already is replaced. */
export async function loadChannelSpend(
  actor: Actor,
  { ventureId, csv }: { ventureId: string; csv: string },
  now: Date,
): Promise<Result<Loaded, "INVALID_INPUT">> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const read = readRows(csv, CHANNEL_SPEND_COLUMNS, channelSpendRowSchema);
  if (!read.ok) return read;
  const foreign = read.value.findIndex(({ currency }) => currency !== venture.currency);
  if (foreign >= 0) {
    const path = `line ${foreign + 2}, currency`;
    return refuse("INVALID_INPUT", [{ path, expected: `the venture's currency, ${venture.currency}` }]);
  }
  const rows = read.value;
  await db.$transaction(async (tx) => {
    await lockDataset(tx, ventureId, CHANNEL_SPEND, now);
    for (const { channel, month, amount, currency, source } of rows) {
      const key = { ventureId, channel, month: dayOf(`${month}-01`) };
      const data = { amountMinor: toMinor(amount, currency), currency, source, loadedBy: actor.ref, loadedAt: now };
      const where = { ventureId_channel_month: key };
      await tx.channelSpend.upsert({ where, create: { ...key, ...data }, update: data });
    }
    const { version } = await bumpDataset(tx, ventureId, CHANNEL_SPEND, now);
    const channels = [...new Set(rows.map(({ channel }) => channel))];
    const payload = { rows: rows.length, channels, version };
    const subject = `venture:${ventureId}`;
    await recordEvent(tx, { ventureId, type: "channel-spend.loaded", actor: actor.ref, subject, payload, at: now });
  }, TRANSACTION);
  return ok({ rows: rows.length, changed: rows.length });
}
