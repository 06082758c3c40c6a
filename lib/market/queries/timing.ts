import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import { type Figure, type FigureAsk, type FigureSource, SHARED_DATA } from "@/lib/figures/schema";
import { atOneMoment, loadVentureFacts, todayOf } from "@/lib/metrics/queries/performance";
import { figuresByKey, ventureFigures } from "@/lib/metrics/rules/performance";
import { resolveStored } from "@/lib/ventures/queries";
import type { ChosenSeries } from "../rules/drivers";
import { type ExitTiming, exitTiming, type Stated, type TimingFacts } from "../rules/exit-timing";
import { yearsBefore } from "../rules/percentile";
import { chooseSeries } from "../rules/series-choice";
import { type OwnFigures, timingFigures } from "../rules/timing-figures";
import { toPoints, type Vintage } from "../rules/vintages";
import { SERIES_UNITS, seriesDataset } from "../schema/series";
import {
  CHOSEN_KINDS,
  type ChosenKind,
  START_ASSUMPTIONS,
  TIMING,
  TIMING_DATASET,
  type TimingAssumptions,
  timingAssumptionsSchema,
} from "../schema/timing";
import { loadKnown, loadSeries, type SeriesView } from "./series";

type VentureRow = NonNullable<Awaited<ReturnType<typeof findTimedVenture>>>;
export const findTimedVenture = (tx: Tx, id: string) =>
  tx.venture.findUnique({ where: { id }, include: { settings: true } });

export type KeptAssumptions = { version: number; assumptions: TimingAssumptions; reason: string | null };

/** The newest assumptions of a venture, or those of a version; before the first they are the house's (version 0). */
export async function loadAssumptions(tx: Tx, ventureId: string, version: number | null): Promise<KeptAssumptions> {
  const start = { version: 0, assumptions: START_ASSUMPTIONS, reason: null };
  if (version === 0) return start;
  const where = { ventureId, ...(version === null ? {} : { version }) };
  const row = await tx.timingVersion.findFirst({ where, orderBy: { version: "desc" } });
  if (!row) return start;
  const { reason } = row;
  return { version: row.version, assumptions: timingAssumptionsSchema.parse(row.assumptions), reason };
}

async function ownFigures(tx: Tx, venture: VentureRow, day: string): Promise<{ own: OwnFigures; below: Figure[] }> {
  const { facts, cohorts } = await loadVentureFacts(tx, venture, day);
  const { figures } = ventureFigures(facts, cohorts);
  const byKey = figuresByKey(figures);
  const of = (key: string): Figure => {
    const found = byKey.get(key);
    if (!found) throw new AppError("INTERNAL", { cause: new Error(`no figure ${key}`) });
    return found;
  };
  const own = {
    ...{ valuation: of("valuation"), revenue: of("revenue_12m"), growth: of("growth_rate") },
    ...{ readiness: of("exit_readiness"), runway: of("cash_runway") },
  };
  const needed = new Map(
    Object.values(own)
      .flatMap((figure) => neededBy(figure, figures))
      .map((one) => [one.id, one]),
  );
  return { own, below: [...needed.values()] };
}

const stated = ({ value, reason }: Figure): Stated =>
  value === null ? { value, reason: reason ?? "no-data" } : { value: Number(value), reason: null };

type Chosen = Record<ChosenKind, { key: string; known: Vintage[] } | null>;

/** Eleven years of each chosen series, so that the change over a year has ten years behind it too. */
async function loadChosen(tx: Tx, keys: Record<ChosenKind, string | null>, day: string): Promise<Chosen> {
  const from = yearsBefore(day, 12);
  const found = await Promise.all(
    CHOSEN_KINDS.map(async (kind) => {
      const key = keys[kind];
      return [kind, key === null ? null : { key, known: await loadKnown(tx, key, day, from) }] as const;
    }),
  );
  return Object.fromEntries(found) as Chosen;
}

async function sourcesFor(tx: Tx, chosen: Chosen, day: string): Promise<(key: string) => FigureSource[]> {
  const used = CHOSEN_KINDS.flatMap((kind) => chosen[kind] ?? []);
  const names = used.map(({ key }) => seriesDataset(key));
  const rows = await tx.datasetVersion.findMany({ where: { ventureId: SHARED_DATA, dataset: { in: names } } });
  const versions = new Map(rows.map(({ dataset, version }) => [dataset, version]));
  const filter = { from: yearsBefore(day, 12), knownOn: day };
  return (key) => {
    const dataset = seriesDataset(key);
    const held = used.find((one) => one.key === key)?.known.length ?? 0;
    return [
      { kind: "dataset", ventureId: SHARED_DATA, dataset, version: versions.get(dataset) ?? 0, rows: held, filter },
    ];
  };
}

/** The series that a venture's timing is read from on a day under a version of its assumptions, as they were known on that day. */
export async function loadMarket(tx: Tx, venture: VentureRow, day: string, version: number | null) {
  const kept = await loadAssumptions(tx, venture.id, version);
  const options = await loadSeries(tx);
  const chosen = await loadChosen(tx, chooseSeries(options, kept.assumptions.series, venture), day);
  const series = Object.fromEntries(
    CHOSEN_KINDS.map((kind) => [kind, chosen[kind] && { key: chosen[kind].key, points: toPoints(chosen[kind].known) }]),
  ) as ChosenSeries;
  return { kept, options, chosen, series };
}

export type LoadedTiming = {
  kept: KeptAssumptions;
  facts: TimingFacts;
  timing: ExitTiming;
  figures: Figure[];
  options: SeriesView[];
};

/** The exit window of a venture on a day under a version of its assumptions, from what was known on that day. */
export async function loadTiming(
  tx: Tx,
  venture: VentureRow,
  day: string,
  version: number | null,
): Promise<LoadedTiming> {
  const { kept, options, chosen, series } = await loadMarket(tx, venture, day, version);
  const { own, below } = await ownFigures(tx, venture, day);
  const settings = venture.settings ?? { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} };
  const readinessTarget = Number(resolveStored(settings).parameters.exitReadinessTarget);
  const facts: TimingFacts = {
    ...{ asOf: day, series, readinessTarget, valuation: stated(own.valuation), revenue: stated(own.revenue) },
    ...{ growth: stated(own.growth), readiness: stated(own.readiness), runway: stated(own.runway) },
  };
  const timing = exitTiming(facts, kept.assumptions);
  const at = await tx.datasetVersion.findUnique({
    where: { ventureId_dataset: { ventureId: venture.id, dataset: TIMING_DATASET } },
  });
  const units = new Map(options.map(({ key, unit }) => [key, SERIES_UNITS.find((one) => one === unit) ?? "index"]));
  const frame = {
    ...{ ventureId: venture.id, currency: venture.currency, asOf: day, version: kept.version, own, readinessTarget },
    ...{ assumptions: kept.assumptions, unitOf: (key: string) => units.get(key) ?? ("index" as const) },
    seriesSource: await sourcesFor(tx, chosen, day),
    assumptionSource: {
      ...{ kind: "dataset" as const, ventureId: venture.id, dataset: TIMING_DATASET, version: at?.version ?? 0 },
      ...{ rows: 1, filter: { version: kept.version } },
    },
  };
  const made = timingFigures(frame, timing);
  const figures = [...new Map([...below, ...made].map((figure) => [figure.id, figure])).values()];
  return { kept, facts, timing, figures, options };
}

/** The exit window of a venture today or on an earlier day; null for a venture out of sight. */
export async function findExitWindow(actor: Actor, ventureId: string, now: Date, asOf: string | null) {
  if (!maySeeVenture(actor, ventureId)) return null;
  return atOneMoment(async (tx) => {
    const venture = await findTimedVenture(tx, ventureId);
    if (!venture) return null;
    const today = todayOf(venture, now);
    return loadTiming(tx, venture, asOf && asOf < today ? asOf : today, null);
  });
}

const argsSchema = z.object({ day: z.iso.date(), version: z.coerce.number().int().nonnegative() });

async function figuresOn(tx: Tx, ventureId: string, args: unknown): Promise<Figure[] | null> {
  const read = argsSchema.safeParse(args);
  const venture = z.uuid().safeParse(ventureId).success ? await findTimedVenture(tx, ventureId) : null;
  return read.success && venture ? (await loadTiming(tx, venture, read.data.day, read.data.version)).figures : null;
}

/** How the figures of the page are made again when somebody opens one. */
export const TIMING_ASKS = {
  [TIMING]: (tx: Tx, ventureId: string, args: FigureAsk["args"]) => figuresOn(tx, ventureId, args),
} as const;

type Stored = { figure: Figure; ventureId: string | null };

export async function recomputeTimingFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const { day, version } = figure.inputs;
  if (!ventureId || !day || !version || !("value" in day) || !("value" in version)) return null;
  const all = await figuresOn(tx, ventureId, { day: day.value, version: version.value });
  const again = all?.find(({ id }) => id === figure.id);
  return all && again ? neededBy(again, all) : null;
}
