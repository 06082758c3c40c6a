import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { asKnownOn, type Vintage } from "../rules/vintages";
import { type RowProblem, rowProblemsSchema } from "../schema/series";

export type SeriesView = {
  key: string;
  label: string;
  kind: string;
  unit: string;
  source: string;
  definition: string;
  sector: string | null;
  revised: boolean;
  points: number;
  from: string | null;
  through: string | null;
};

/** Every series of the market, with how far it reaches. */
export async function loadSeries(client: Db | Tx): Promise<SeriesView[]> {
  const [series, reach] = await Promise.all([
    client.marketSeries.findMany({ orderBy: [{ kind: "asc" }, { label: "asc" }] }),
    client.marketPoint.groupBy({
      by: ["seriesKey"],
      where: { supersededAt: null },
      _count: true,
      _min: { day: true },
      _max: { day: true },
    }),
  ]);
  const reaches = new Map(reach.map((one) => [one.seriesKey, one]));
  return series.map(({ key, label, kind, unit, source, definition, sector, revised }) => {
    const own = reaches.get(key);
    const [first, last] = [own?._min.day, own?._max.day];
    return {
      ...{ key, label, kind, unit, source, definition, sector, revised, points: own?._count ?? 0 },
      ...{ from: first ? dayText(first) : null, through: last ? dayText(last) : null },
    };
  });
}

/** All vintages of a series that stand, from a day on. */
export async function loadVintages(client: Db | Tx, seriesKey: string, from?: string): Promise<Vintage[]> {
  const rows = await client.marketPoint.findMany({
    where: { seriesKey, supersededAt: null, ...(from ? { day: { gte: new Date(`${from}T00:00:00Z`) } } : {}) },
    orderBy: [{ day: "asc" }, { knownOn: "asc" }],
  });
  return rows.map(({ day, knownOn, value }) => ({
    ...{ day: dayText(day), knownOn: dayText(knownOn) },
    value: new Exact(value.toString()).toFixed(),
  }));
}

/** The series as it was known on a day: no later revision, nothing that was not out yet. */
export async function loadKnown(client: Db | Tx, seriesKey: string, on: string, from?: string): Promise<Vintage[]> {
  return asKnownOn(await loadVintages(client, seriesKey, from), on);
}

export type SeriesLoadView = {
  id: string;
  series: string;
  label: string;
  fileName: string;
  rows: number;
  changed: number;
  gaps: number;
  rejected: number;
  rejects: RowProblem[];
  loadedBy: string;
  loadedAt: Date;
  undoneBy: string | null;
  undoneAt: Date | null;
};

const MOST_LOADS = 50;

/** The files that were loaded, newest first, with who did it; they belong to all ventures. */
export async function listSeriesLoads(actor: Actor): Promise<SeriesLoadView[]> {
  if (!isPermitted(actor.role, "venture:read")) throw new AppError("FORBIDDEN");
  const loads = await db.marketLoad.findMany({
    include: { series: { select: { label: true } } },
    orderBy: [{ loadedAt: "desc" }, { id: "desc" }],
    take: MOST_LOADS,
  });
  const refs = loads.flatMap(({ loadedBy, undoneBy }) => [loadedBy, undoneBy ?? ""]);
  const names = await namesByRef(db, refs);
  return loads.map(({ seriesKey, series, rejects, loadedBy, undoneBy, ...load }) => ({
    ...{ ...load, series: seriesKey, label: series.label, rejects: rowProblemsSchema.parse(rejects) },
    loadedBy: names.get(loadedBy) ?? loadedBy,
    undoneBy: undoneBy && (names.get(undoneBy) ?? undoneBy),
  }));
}
