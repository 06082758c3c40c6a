import "server-only";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure, FigureView, Unit } from "@/lib/figures/schema";
import { atOneMoment, computePerformance, todayOf } from "@/lib/metrics/queries/performance";
import { loadResolvedSeries } from "@/lib/metrics/queries/series";
import { dayText } from "@/lib/metrics/rules/periods";
import { findMetric, metricDataset } from "@/lib/metrics/schema";
import { isMeasure, metricOfNewest, newestFigure, offerTermFigure } from "../rules/conditions";
import type { Condition } from "../schema";
import { findOfferTerm } from "../schema/conditions";
import { findOfferInHand } from "./offer-in-hand";

export type Measured = {
  /** By metric. */
  figures: ReadonlyMap<string, Figure>;
  /** Those and what they rest on, inputs first. */
  needed: readonly Figure[];
  /** How the venture's data stood. */
  seal: string;
};

/** Changes with every change of the venture's data. */
export async function ventureSeal(tx: Db | Tx, ventureId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ seal: string }[]>`
    SELECT count(*) || ':' || coalesce(sum("version"), 0) AS "seal" FROM "dataset_version"
    WHERE "ventureId" = ${ventureId}::uuid`;
  return row?.seal ?? "";
}

type VentureRow = { id: string; currency: string };

async function newestFigures(tx: Tx, venture: VentureRow, metrics: readonly string[], today: string) {
  const series = await loadResolvedSeries(tx, venture, metrics, today);
  const datasets = await tx.datasetVersion.findMany({ where: { ventureId: venture.id } });
  const versions = new Map(datasets.map((row) => [row.dataset, row.version]));
  return metrics.flatMap((key): [string, Figure][] => {
    const metric = findMetric(key);
    if (metric?.origin !== "stored") return [];
    const version = versions.get(metricDataset(key)) ?? 0;
    return [[key, newestFigure(metric, { venture, series: series.get(key), version, today })]];
  });
}

/** Terms of the offer in hand: of this deal, or of the one that is negotiated with first. */
async function offerFigures(
  tx: Tx,
  venture: VentureRow,
  metrics: readonly string[],
  today: string,
  dealId: string | null,
) {
  const terms = metrics.flatMap((key) => findOfferTerm(key) ?? []);
  const figures: [string, Figure][] = [];
  for (const term of terms) {
    const { offer, version } = await findOfferInHand(tx, venture.id, term.term, dealId);
    figures.push([term.key, offerTermFigure(term, { offer, venture, version, today })]);
  }
  return figures;
}

/**
 * The metrics as they are now, computed from the facts at one moment: headline figures, the newest stored value, or a term of
 * the offer in hand, which is that of `dealId` where the decision is about one.
 */
export function measureMetrics(
  ventureId: string,
  metrics: readonly string[],
  now: Date,
  dealId: string | null = null,
): Promise<Measured> {
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture) throw new AppError("NOT_FOUND");
    const today = todayOf(venture, now);
    const stored = metrics.filter((metric) => !isMeasure(metric));
    const wanted = metrics.filter(isMeasure);
    const computed = wanted.length > 0 ? await computePerformance(tx, ventureId, today, now) : null;
    const measures = (computed?.measures ?? []).filter(({ key }) => wanted.includes(key));
    const newest = [
      ...(await newestFigures(tx, venture, stored, today)),
      ...(await offerFigures(tx, venture, metrics, today, dealId)),
    ];
    const below = measures.flatMap(({ figure }) => neededBy(figure, computed?.figures ?? []));
    const figures = new Map([...measures.map(({ key, figure }) => [key, figure] as const), ...newest]);
    const needed = new Map([...below, ...figures.values()].map((figure) => [figure.id, figure]));
    return { figures, needed: [...needed.values()], seal: await ventureSeal(tx, ventureId) };
  });
}

export const isNewestMethod = (method: string): boolean => metricOfNewest(method) !== null;

/** A newest value read again for the day that it was read for. */
export async function recomputeNewestFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const venture = ventureId ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
  const metric = metricOfNewest(figure.method);
  const day = figure.inputs.day && "value" in figure.inputs.day ? figure.inputs.day.value : null;
  if (!venture || !metric || typeof day !== "string") return null;
  const dealId = figure.inputs.deal && "value" in figure.inputs.deal ? String(figure.inputs.deal.value) : null;
  const again = findOfferTerm(metric)
    ? await offerFigures(tx, venture, [metric], day, dealId)
    : await newestFigures(tx, venture, [metric], day);
  return again.map(([, one]) => one);
}

/** One look at one condition: the figure as it was, and what it meant. */
export type ConditionLook = Condition & {
  value: string | null;
  reason: string | null;
  holds: boolean;
  figure: FigureView | null;
  checkedAt: string;
};

const LOOKS = 60;

/** Every look at a memo's conditions, newest first. */
export async function listConditionLooks(memoId: string): Promise<(ConditionLook & { version: number })[]> {
  const rows = await db.conditionCheck.findMany({
    where: { memoId },
    orderBy: [{ checkedAt: "desc" }, { id: "desc" }],
    take: LOOKS,
  });
  const refs = rows.flatMap(({ figureId, revision }) => (figureId && revision ? [{ id: figureId, revision }] : []));
  const figures = refs.length === 0 ? [] : await db.figure.findMany({ where: { OR: refs } });
  const views = new Map(figures.map((row) => [`${row.id}@${row.revision}`, row]));
  return rows.map((row) => {
    const { version, metric, threshold, value, reason, holds } = row;
    const figure = views.get(`${row.figureId}@${row.revision}`);
    return {
      ...{ version, metric, threshold, value, reason, holds },
      comparator: row.comparator === "at-most" ? "at-most" : "at-least",
      until: dayText(row.until),
      checkedAt: row.checkedAt.toISOString(),
      figure: figure
        ? {
            ...{ id: figure.id, revision: figure.revision, value: figure.value, label: figure.label },
            ...{ unit: figure.unit as Unit, reason: figure.reason, asOf: dayText(figure.asOf) },
          }
        : null,
    };
  });
}
