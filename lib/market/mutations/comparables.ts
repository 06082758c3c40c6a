import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result } from "@/lib/errors";
import { readRows } from "@/lib/growth/rules/benchmarks/benchmark-file";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { dayDate } from "@/lib/metrics/rules/periods";
import {
  COMPARABLE_COLUMNS,
  COMPARABLES,
  type ComparableRow,
  comparableRowSchema,
  type ExcludeComparable,
  type LoadComparables,
} from "../schema/comparables";

const TRANSACTION = { timeout: 30_000, maxWait: 20_000 };

async function keepRow(tx: Tx, ventureId: string, row: ComparableRow, by: string, now: Date): Promise<boolean> {
  const { kind, name, metric, multiple, date, source } = row;
  const key = { ventureId, kind, name, metric, source, date: dayDate(date) };
  const where = { ventureId_kind_name_metric_date_source: key };
  const held = await tx.comparable.findUnique({ where });
  if (held?.multiple.equals(multiple)) return false;
  const stamp = { multiple, loadedBy: by, loadedAt: now };
  await tx.comparable.upsert({ where, create: { ...key, ...stamp }, update: stamp });
  return true;
}

/** A file of multiples, all rows or none; the same file again changes nothing. */
export async function importComparables(
  actor: Actor,
  { ventureId, csv }: LoadComparables,
  now: Date,
): Promise<Result<{ rows: number; changed: number }, "INVALID_INPUT">> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const read = readRows(csv, COMPARABLE_COLUMNS, comparableRowSchema);
  if (!read.ok) return read;
  const rows = read.value;
  const changed = await db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [COMPARABLES], now);
    let count = 0;
    for (const row of rows) if (await keepRow(tx, ventureId, row, actor.ref, now)) count += 1;
    if (count === 0) return 0;
    await bumpDatasets(tx, ventureId, [COMPARABLES], now);
    const payload = { rows: rows.length, changed: count, sources: [...new Set(rows.map(({ source }) => source))] };
    const subject = `venture:${ventureId}`;
    await recordEvent(tx, { ventureId, type: "comparables.loaded", actor: actor.ref, subject, payload, at: now });
    return count;
  }, TRANSACTION);
  return ok({ rows: rows.length, changed });
}

/** Leaves a multiple out with a reason, or counts it again. */
export async function excludeComparable(
  actor: Actor,
  { id, reason }: ExcludeComparable,
  now: Date,
): Promise<Result<{ id: string }>> {
  const found = await db.comparable.findUnique({ where: { id } });
  if (!found || !maySeeVenture(actor, found.ventureId)) throw new AppError("NOT_FOUND");
  const { ventureId, name } = found;
  await db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [COMPARABLES], now);
    const by = reason === null ? { excludedBy: null, excludedAt: null } : { excludedBy: actor.ref, excludedAt: now };
    await tx.comparable.update({ where: { id }, data: { excluded: reason, ...by } });
    await bumpDatasets(tx, ventureId, [COMPARABLES], now);
    const payload = { name, before: found.excluded, after: reason };
    const subject = `comparable:${id}`;
    await recordEvent(tx, { ventureId, type: "comparable.excluded", actor: actor.ref, subject, payload, at: now });
  }, TRANSACTION);
  return ok({ id });
}
