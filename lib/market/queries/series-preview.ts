import "server-only";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError, ok, type Result } from "@/lib/errors";
import { dayText } from "@/lib/metrics/rules/periods";
import { type ReadFile, readSeriesFile } from "../rules/series-file";
import { changesOf, type Merged, mergeValues, type Vintage } from "../rules/vintages";
import type { SeriesFile, SeriesPreview } from "../schema/series";
import { loadVintages } from "./series";

export type ReadSeries = { read: ReadFile; standing: Vintage[]; merged: Merged };

/** What a file says, and what it would do to the series as it stands. */
export async function readAgainst(
  client: Db | Tx,
  file: SeriesFile,
  now: Date,
): Promise<Result<ReadSeries, "INVALID_INPUT">> {
  const terms = await client.marketSeries.findUnique({ where: { key: file.seriesKey } });
  if (!terms) throw new AppError("NOT_FOUND");
  const read = readSeriesFile(file, terms, dayText(now));
  if (!read.ok) return read;
  const standing = await loadVintages(client, file.seriesKey);
  return ok({ read: read.value, standing, merged: mergeValues(standing, read.value.values) });
}

/** The preview of a file: what is new, what changes, what is refused row by row. Nothing is stored. */
export async function previewSeriesFile(file: SeriesFile, now: Date): Promise<Result<SeriesPreview, "INVALID_INPUT">> {
  const found = await readAgainst(db, file, now);
  if (!found.ok) return found;
  const { read, standing, merged } = found.value;
  const days = read.values.map(({ day }) => day).sort();
  return ok({
    ...{ rows: read.rows, gaps: read.gaps, rejected: read.rejected, rejects: read.rejects, same: merged.same },
    ...{ added: merged.added.length, corrected: merged.corrected.length, revised: merged.revised.length },
    ...{ from: days[0] ?? null, through: days.at(-1) ?? null, changes: changesOf(standing, merged) },
  });
}
