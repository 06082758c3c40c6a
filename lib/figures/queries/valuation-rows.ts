import "server-only";
import { db } from "@/lib/db";
import { loadComparables } from "@/lib/market/queries/comparables";
import type { FigureSource } from "../schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;
type Slice = { skip: number; take: number };
type Row = typeof plain & { key: string; cells: string[]; correctedBy: string | null; reason: string | null };
type Lister = (source: DatasetSource, slice: Slice) => Promise<{ columns: string[]; rows: Row[]; total: number }>;

const plain = { importId: null, rowNumber: null, supersededAt: null };

/** Every leaf of the stored inputs with its path: "methods.dcf.growth". */
function leaves(value: unknown, path = ""): [string, string][] {
  if (value === null || typeof value !== "object") return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

const planRows: Lister = async ({ ventureId, filter }, { skip, take }) => {
  const version = Number(filter.version ?? 0);
  const kept = await db.valuationPlan.findUnique({ where: { ventureId_version: { ventureId, version } } });
  const all = kept ? leaves(kept.inputs) : [];
  const by = { correctedBy: kept?.createdBy ?? null, reason: kept?.reason ?? null };
  const rows = all.slice(skip, skip + take).map((cells) => ({ key: cells[0], cells, ...plain, ...by }));
  return { columns: ["input", "value"], rows, total: all.length };
};

const inputRows: Lister = async ({ ventureId, version }, { skip, take }) => {
  const kept = await db.valuationVersion.findUnique({ where: { ventureId_version: { ventureId, version } } });
  const all = kept ? leaves(kept.inputs) : [];
  const by = { correctedBy: kept?.createdBy ?? null, reason: kept?.reason ?? null };
  const rows = all.slice(skip, skip + take).map((cells) => ({ key: cells[0], cells, ...plain, ...by }));
  return { columns: ["input", "value"], rows, total: all.length };
};

/** A split of a price as it was kept: its terms, whose tax is kept, what finances it. */
const splitRows: Lister = async ({ ventureId, version }, { skip, take }) => {
  const kept = await db.distributionPlan.findUnique({ where: { ventureId_version: { ventureId, version } } });
  const all = kept ? leaves(kept.plan) : [];
  const by = { correctedBy: kept?.createdBy ?? null, reason: kept?.reason ?? null };
  const rows = all.slice(skip, skip + take).map((cells) => ({ key: cells[0], cells, ...plain, ...by }));
  return { columns: ["input", "value"], rows, total: all.length };
};

const comparableRows: Lister = async ({ ventureId }, { skip, take }) => {
  const all = await loadComparables(db, ventureId);
  const rows = all.slice(skip, skip + take).map(({ id, kind, name, metric, multiple, date, source, excluded }) => ({
    ...{ key: id, cells: [kind, name, metric, multiple, date, source], ...plain },
    ...{ correctedBy: null, reason: excluded && `left out: ${excluded}` },
  }));
  return { columns: ["kind", "name", "multiple of", "multiple", "date", "source"], rows, total: all.length };
};

/** What a valuation rests on: the inputs of its version, and the venture's comparables. */
export const VALUATION_ROWS: Readonly<Record<string, Lister | undefined>> = {
  valuation: inputRows,
  "valuation-plan": planRows,
  "distribution-plan": splitRows,
  comparables: comparableRows,
};
