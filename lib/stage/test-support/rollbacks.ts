import { db } from "@/lib/db";
import { NOW } from "@/lib/deals/test-support/sale";
import { saveFigures } from "@/lib/figures/mutations";
import { makeFigure } from "@/lib/figures/rules";
import { dayDate } from "@/lib/metrics/rules/periods";

/** Multiples that were at 8 in the summer and are at 4 by the end of the year. */
export async function multiplesHalve(): Promise<void> {
  const loadId = "0190aaaa-0000-7000-8000-00000000000b";
  const series = { key: "all-multiples", label: "All", kind: "multiple", unit: "multiple", source: "t", sector: null };
  const about = { definition: "of all", publishedAfter: 0, revised: false, zeroIsGap: false, createdBy: "u" };
  const key = { key: series.key };
  await db.marketSeries.upsert({ where: key, create: { ...series, ...about, createdAt: NOW }, update: {} });
  const load = { id: loadId, seriesKey: series.key, fileName: "a.csv", rows: 2, changed: 2, gaps: 0, rejects: [] };
  const create = { ...load, rejected: 0, loadedBy: "u", loadedAt: NOW };
  await db.marketLoad.upsert({ where: { id: loadId }, create, update: {} });
  const point = (day: string, value: string) => ({
    ...{
      seriesKey: series.key,
      day: dayDate(day),
      knownOn: dayDate(day),
      value,
      loadId,
      rowNumber: 1,
      recordedAt: NOW,
    },
  });
  await db.marketPoint.createMany({ data: [point("2026-06-01", "8"), point("2026-12-01", "4")] });
}

/** Revenue that halves from July on. */
export const shrink = (ventureId: string) =>
  db.metricPoint.updateMany({
    where: { ventureId, metric: "revenue", periodStart: { gte: dayDate("2026-07-01") } },
    data: { value: 50_000 },
  });

export const keptDay = (ventureId: string, day: string, score: string) =>
  db.readinessDay.create({
    data: {
      ...{ ventureId, day: dayDate(day), score, coverage: "0.9", band: null, shape: {} },
      ...{ figureId: "0123456789abcdef", revision: 1, keptAt: NOW },
    },
  });

/** A kept valuation whose central equity value is this, as a memo would quote it. */
export async function valuedAt(ventureId: string, value: string): Promise<void> {
  const figure = makeFigure({
    ...{ label: "Equity value", value, unit: "EUR", asOf: "2026-12-01", method: "valuation.venture.equity@1" },
    ...{ formula: "as kept", inputs: { venture: { value: ventureId } }, sources: [] },
  });
  const [ref] = await db.$transaction((tx) => saveFigures(tx, ventureId, [figure], NOW));
  const run = { equity: { figure: figure.id, revision: ref?.revision ?? 1, value } };
  const kept = { version: 1, asOf: dayDate("2026-12-01"), run, inputs: {}, reason: "", createdBy: "u", createdAt: NOW };
  await db.valuationVersion.create({ data: { ventureId, ...kept } });
}
