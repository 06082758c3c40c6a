import "server-only";
import type { Tx } from "@/lib/db";
import { type FigureSource, SHARED_DATA } from "@/lib/figures/schema";
import { loadKnown, loadSeries } from "@/lib/market/queries/series";
import { seriesDataset } from "@/lib/market/schema/series";
import { carryFactor } from "../rules/price-index";
import type { PriceIndex, StoredComparable } from "../rules/venture-methods";

/** Series whose move says how prices of companies moved. */
const KINDS: readonly string[] = ["multiple", "index"];

/** For every such series what it did between each precedent and the day, as it was known on that day. */
export async function loadPriceIndices(
  tx: Tx,
  comparables: readonly StoredComparable[],
  day: string,
): Promise<PriceIndex[]> {
  const precedents = comparables.filter(({ kind }) => kind === "precedent");
  if (precedents.length === 0) return [];
  const series = (await loadSeries(tx)).filter(({ kind, points }) => KINDS.includes(kind) && points > 0);
  const indices: PriceIndex[] = [];
  for (const { key, label } of series) {
    const points = await loadKnown(tx, key, day);
    const factors = precedents.flatMap(({ id, date }) => {
      const factor = carryFactor(points, date, day);
      return factor === null ? [] : [[id, factor] as const];
    });
    indices.push({ key, label, factors: Object.fromEntries(factors) });
  }
  return indices;
}

/** The series that a version's precedents are carried by, as a source of its figures. */
export async function indexSource(tx: Tx, key: string): Promise<FigureSource[]> {
  if (key === "") return [];
  const dataset = seriesDataset(key);
  const row = await tx.datasetVersion.findUnique({
    where: { ventureId_dataset: { ventureId: SHARED_DATA, dataset } },
  });
  const rows = await tx.marketPoint.count({ where: { seriesKey: key, supersededAt: null } });
  return row ? [{ kind: "dataset", ventureId: SHARED_DATA, dataset, version: row.version, rows, filter: {} }] : [];
}
