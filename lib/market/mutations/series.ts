import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { SHARED_DATA } from "@/lib/figures/schema";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { dayDate } from "@/lib/metrics/rules/periods";
import { readAgainst } from "../queries/series-preview";
import type { FileValue } from "../rules/series-file";
import type { Merged } from "../rules/vintages";
import { type NewSeries, type SeriesFile, seriesDataset } from "../schema/series";

const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };

/** Names a series. What it is never changes afterwards: another definition is another series. */
export async function defineSeries(
  actor: Actor,
  input: NewSeries,
  now: Date,
): Promise<Result<{ key: string }, "SERIES_EXISTS">> {
  return db.$transaction(async (tx) => {
    const { key } = input;
    await lockDatasets(tx, SHARED_DATA, [seriesDataset(key)], now);
    if (await tx.marketSeries.findUnique({ where: { key } })) return refuse("SERIES_EXISTS");
    const data = { ...input, sector: input.sector || null };
    await tx.marketSeries.create({ data: { ...data, createdBy: actor.ref, createdAt: now } });
    await record(tx, "market-series.defined", actor, `market-series:${key}`, data, now);
    return ok({ key });
  }, TRANSACTION);
}

const record = (tx: Tx, type: string, actor: Actor, subject: string, payload: Prisma.InputJsonObject, at: Date) =>
  recordEvent(tx, { ventureId: null, type, actor: actor.ref, subject, payload, at });

type Load = { id: string; seriesKey: string; now: Date };

/** Corrected rows are superseded and never deleted; what takes their place, and what is new, comes after. */
async function keepValues(tx: Tx, { id, seriesKey, now }: Load, { added, corrected, revised }: Merged): Promise<void> {
  for (const { day, knownOn } of corrected) {
    await tx.marketPoint.updateMany({
      where: { seriesKey, day: dayDate(day), knownOn: dayDate(knownOn), supersededAt: null },
      data: { supersededAt: now, supersededBy: id },
    });
  }
  const row = ({ day, knownOn, value, row: rowNumber }: FileValue) => ({
    ...{ seriesKey, value, loadId: id, rowNumber, recordedAt: now },
    ...{ day: dayDate(day), knownOn: dayDate(knownOn) },
  });
  await tx.marketPoint.createMany({ data: [...added, ...corrected, ...revised].map(row) });
}

/** Loads the rows of a file that can be read; the same file again changes nothing. It is listed and can be taken back. */
export async function loadSeriesFile(
  actor: Actor,
  file: SeriesFile,
  now: Date,
): Promise<Result<{ rows: number; changed: number; rejected: number }, "INVALID_INPUT" | "NOTHING_TO_LOAD">> {
  const { seriesKey, fileName } = file;
  return db.$transaction(async (tx) => {
    await lockDatasets(tx, SHARED_DATA, [seriesDataset(seriesKey)], now);
    const found = await readAgainst(tx, file, now);
    if (!found.ok) return found;
    const { read, merged } = found.value;
    if (read.values.length === 0) return refuse("NOTHING_TO_LOAD");
    const changed = merged.added.length + merged.corrected.length + merged.revised.length;
    const { rows, rejected, gaps, rejects } = read;
    if (changed === 0) return ok({ rows, changed, rejected });
    const id = randomUUID();
    const data = { seriesKey, fileName, rows, changed, gaps, rejected };
    await tx.marketLoad.create({ data: { ...data, id, rejects, loadedBy: actor.ref, loadedAt: now } });
    await keepValues(tx, { id, seriesKey, now }, merged);
    await bumpDatasets(tx, SHARED_DATA, [seriesDataset(seriesKey)], now);
    const counts = { corrected: merged.corrected.length, revised: merged.revised.length };
    await record(tx, "market-series.loaded", actor, `market-load:${id}`, { ...data, ...counts }, now);
    return ok({ rows, changed, rejected });
  }, TRANSACTION);
}

/** Takes a file back as a whole: what it brought goes, what it corrected stands again. The newest of a value first. */
export async function undoSeriesLoad(
  actor: Actor,
  loadId: string,
  now: Date,
): Promise<Result<{ rows: number }, "ALREADY_UNDONE" | "LOADED_OVER">> {
  const seen = await db.marketLoad.findUnique({ where: { id: loadId }, select: { seriesKey: true } });
  if (!seen) throw new AppError("NOT_FOUND");
  const dataset = seriesDataset(seen.seriesKey);
  return db.$transaction(async (tx) => {
    await lockDatasets(tx, SHARED_DATA, [dataset], now);
    const load = await tx.marketLoad.findUniqueOrThrow({ where: { id: loadId } });
    if (load.undoneAt) return refuse("ALREADY_UNDONE");
    if ((await tx.marketPoint.count({ where: { loadId, supersededAt: { not: null } } })) > 0)
      return refuse("LOADED_OVER");
    await tx.marketPoint.updateMany({ where: { loadId }, data: { supersededAt: now } });
    await tx.marketPoint.updateMany({
      where: { supersededBy: loadId },
      data: { supersededAt: null, supersededBy: null },
    });
    await tx.marketLoad.update({ where: { id: loadId }, data: { undoneAt: now, undoneBy: actor.ref } });
    await bumpDatasets(tx, SHARED_DATA, [dataset], now);
    const payload = { series: load.seriesKey, rows: load.changed };
    await record(tx, "market-series.undone", actor, `market-load:${loadId}`, payload, now);
    return ok({ rows: load.changed });
  }, TRANSACTION);
}
