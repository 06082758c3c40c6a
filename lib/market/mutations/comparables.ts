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
} from "../schema/comparables";
import { type ComparableKey, settleComparables } from "./comparable-listings";

const TRANSACTION = { timeout: 30_000, maxWait: 20_000 };

/** Where multiples come from that no imported file holds. */
const BY_HAND = "Multiples";

async function keepRow(tx: Tx, at: { ventureId: string; sourceId: string }, row: ComparableRow, by: string, now: Date) {
  const { multiple, date, ...rest } = row;
  const key: ComparableKey = { ...rest, date: dayDate(date) };
  const held = await tx.comparableListing.findFirst({ where: { ...at, ...key, supersededAt: null } });
  if (held?.multiple.equals(multiple)) return [];
  if (held) await tx.comparableListing.update({ where: { id: held.id }, data: { supersededAt: now } });
  const stamp = { asOf: now, recordedAt: now, recordedBy: by };
  await tx.comparableListing.create({ data: { ...at, ...key, multiple, ...stamp } });
  return [key];
}

/** A list of multiples that a program gives, all rows or none; the same list again changes nothing. */
export async function importComparables(
  actor: Actor,
  { ventureId, csv }: { ventureId: string; csv: string },
  now: Date,
): Promise<Result<{ rows: number; changed: number }, "INVALID_INPUT">> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const read = readRows(csv, COMPARABLE_COLUMNS, comparableRowSchema);
  if (!read.ok) return read;
  const rows = read.value;
  const changed = await db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [COMPARABLES], now);
    const where = { ventureId_name: { ventureId, name: BY_HAND } };
    const { id: sourceId } = await tx.dataSource.upsert({
      ...{ where, create: { ventureId, name: BY_HAND, kind: "manual" }, update: {} },
    });
    const keys: ComparableKey[] = [];
    for (const row of rows) keys.push(...(await keepRow(tx, { ventureId, sourceId }, row, actor.ref, now)));
    if (keys.length === 0) return 0;
    await settleComparables(tx, { ventureId, keys, by: actor.ref, now });
    await bumpDatasets(tx, ventureId, [COMPARABLES], now);
    const payload = {
      ...{ rows: rows.length, changed: keys.length },
      sources: [...new Set(rows.map(({ source }) => source))],
    };
    const subject = `venture:${ventureId}`;
    await recordEvent(tx, { ventureId, type: "comparables.loaded", actor: actor.ref, subject, payload, at: now });
    return keys.length;
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
