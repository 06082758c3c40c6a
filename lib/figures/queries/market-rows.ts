import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { START_ASSUMPTIONS } from "@/lib/market/schema/timing";
import { Exact } from "@/lib/money";
import type { FigureSource } from "../schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;
type Slice = { skip: number; take: number };

const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`));
const textOf = (date: Date): string => date.toISOString().slice(0, 10);
const filterSchema = z.object({ from: day, knownOn: day });
const plain = { importId: null, rowNumber: null, reason: null };

/**
 * The values of a series that were known on the day of the figure and stood when it was computed; each says the line of
 * its file, who loaded it, and whether another value has taken its place since.
 */
export async function seriesRows({ dataset, filter }: DatasetSource, slice: Slice, at: Date) {
  const { from, knownOn } = filterSchema.parse(filter);
  const where = {
    ...{ seriesKey: dataset.slice("market:".length), day: { gte: from, lte: knownOn }, knownOn: { lte: knownOn } },
    recordedAt: { lte: at },
    OR: [{ supersededAt: null }, { supersededAt: { gt: at } }],
  };
  const [total, found] = await Promise.all([
    db.marketPoint.count({ where }),
    db.marketPoint.findMany({
      ...{ where, orderBy: [{ day: "desc" as const }, { knownOn: "desc" as const }], ...slice },
      include: { load: { select: { fileName: true, loadedBy: true } } },
    }),
  ]);
  const rows = found.map(({ id, day: of, knownOn: since, value, rowNumber, load, supersededAt }) => ({
    ...{ key: id.toString(), ...plain, correctedBy: load.loadedBy },
    cells: [textOf(of), new Exact(value.toString()).toFixed(), textOf(since), load.fileName, `${rowNumber}`],
    supersededAt: supersededAt?.toISOString() ?? null,
  }));
  return { columns: ["day", "value", "known since", "file", "line"], rows, total };
}

const versionFilter = z.object({ version: z.int() });

function leaves(value: unknown, path = ""): [string, string][] {
  if (value === null || typeof value !== "object") return [[path, value === null ? "by itself" : String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** What exit timing assumes, in the version that the figure names; version 0 is the house's. */
export async function timingRows({ ventureId, filter }: DatasetSource, { skip, take }: Slice) {
  const { version } = versionFilter.parse(filter);
  const kept = await db.timingVersion.findUnique({ where: { ventureId_version: { ventureId, version } } });
  const all = leaves(kept?.assumptions ?? START_ASSUMPTIONS);
  const by = { ...plain, correctedBy: kept?.createdBy ?? null, reason: kept?.reason ?? "the house's assumptions" };
  const rows = all.slice(skip, skip + take).map((cells) => ({ key: cells[0], cells, ...by, supersededAt: null }));
  return { columns: ["assumption", "value"], rows, total: all.length };
}
