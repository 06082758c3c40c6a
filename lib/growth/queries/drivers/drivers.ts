import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { loadCapTable } from "@/lib/cap-table/queries";
import { holdings, toWaterfallClasses } from "@/lib/cap-table/rules/classes";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { neededBy } from "@/lib/figures/rules";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { atOneMoment, loadVentureFacts, todayOf } from "@/lib/metrics/queries/performance";
import { loadResolvedSeries } from "@/lib/metrics/queries/series";
import { financeEnd } from "@/lib/metrics/rules/finance-figures";
import { unknown } from "@/lib/metrics/rules/measure";
import { ventureFigures } from "@/lib/metrics/rules/performance";
import { monthsUntil, type Period } from "@/lib/metrics/rules/periods";
import { flowOver } from "@/lib/metrics/rules/series";
import { datasetSource, type MetricSeries, type VentureFacts } from "@/lib/metrics/rules/venture-facts";
import { type DriverFrame, driverFacts, driverFigure } from "../../rules/drivers/driver-facts";
import type { Proceeds } from "../../rules/drivers/driver-horizon";
import { groupProceeds } from "../../rules/drivers/driver-proceeds";
import { type DriverSheet, driverSheet, sheetFigures } from "../../rules/drivers/driver-sheet";
import { templateFor } from "../../rules/drivers/tree-templates";
import { type StoredNode, storedNodeSchema } from "../../schema/driver-tree";

type VentureRow = { id: string; slug: string; name: string; currency: string; timeZone: string; businessModel: string };

export const DRIVER_TREE = "driver-tree";
export const GROUP_HOLDING = "group-holding";

export type KeptVersion = { version: number; template: string; tree: StoredNode };

/** The newest version of the tree, or one that is named; version 0 is the template of the business model. */
export async function loadTree(tx: Tx, venture: VentureRow, version: number | null): Promise<KeptVersion | null> {
  const template = templateFor(venture.businessModel);
  const first = { version: 0, template: template.name, tree: template.tree };
  if (version === 0) return first;
  const where = { ventureId: venture.id, ...(version === null ? {} : { version }) };
  const row = await tx.driverTreeVersion.findFirst({ where, orderBy: { version: "desc" } });
  if (!row) return version === null ? first : null;
  return { version: row.version, template: row.template, tree: storedNodeSchema.parse(row.tree) };
}

type Flow = { metric: string; part: string; label: string; period: Period };

/** A flow of a stored metric over a period, for the tree: it may be one that the headline figures do not use. */
function flow(
  frame: DriverFrame,
  facts: VentureFacts,
  series: ReadonlyMap<string, MetricSeries>,
  { metric, part, label, period }: Flow,
): Figure {
  const held = series.get(metric);
  const rows = held?.points.filter((point) => point.period.from >= period.from && point.period.to <= period.to) ?? [];
  return driverFigure(frame, {
    ...{ part, label, unit: frame.currency },
    measure: held ? flowOver(held.points, period) : unknown("no-data"),
    formula: `Σ ${metric} from ${period.from} to ${period.to}`,
    sources: [datasetSource(facts, `metric:${metric}`, rows.length, { metric, basis: "actual", ...period })],
  });
}

type Holding = { holderIds: string[]; version: number } | null;

async function proceedsOf(tx: Tx, venture: VentureRow, holding: Holding, to: string): Promise<Proceeds> {
  const without = (reason: string): Proceeds => ({ of: null, reason });
  const { table, terms, convertibles, dividends } = await loadCapTable(tx, venture.id);
  if (!table) return without("no-cap-table");
  if (!holding || holding.holderIds.length === 0) return without("no-group-holder");
  const classes = toWaterfallClasses(table, terms, { terms: convertibles, dividends, day: to });
  if (!classes.ok)
    return without(classes.refusal === "OPEN_QUESTIONS" ? "open-charter-questions" : "incomplete-cap-table");
  const priced = table.securities.flatMap(({ currency }) => currency ?? []);
  if (priced.some((currency) => currency !== venture.currency)) return without("mixed-currencies");
  const of = groupProceeds(table, classes.value, new Set(holding.holderIds));
  return of.ok ? { of: of.value } : without("contradiction");
}

type Computed = { sheet: DriverSheet; kept: KeptVersion; figures: Figure[]; to: string };

/** The reported month, and what a marketplace sells: of one month and of twelve. */
async function flowsOf(tx: Tx, venture: VentureRow, facts: VentureFacts, frame: DriverFrame) {
  const series = await loadResolvedSeries(tx, venture, ["revenue", "gross_merchandise_value"], facts.today);
  const ask = (metric: string, part: string, label: string, months: number) =>
    flow(frame, facts, series, { metric, part, label, period: monthsUntil(financeEnd(facts), months) });
  return {
    reported: ask("revenue", "reported", "Reported revenue, last month", 1),
    month: ask("gross_merchandise_value", "goods-month", "Goods and services sold, last month", 1),
    year: ask("gross_merchandise_value", "goods-year", "Goods and services sold, 12 months", 12),
  };
}

/** The sheet of a tree on a day, with every figure of it; null where there is no such version. */
async function computeDrivers(
  tx: Tx,
  venture: VentureRow,
  today: string,
  version: number | null,
): Promise<Computed | null> {
  const kept = await loadTree(tx, venture, version);
  if (!kept) return null;
  const { facts, cohorts } = await loadVentureFacts(tx, venture, today);
  const inputs = ventureFigures(facts, cohorts).figures;
  const to = facts.billing.facts?.window.to ?? financeEnd(facts);
  const frame: DriverFrame = { ventureId: venture.id, currency: venture.currency, to };
  const { reported, ...goods } = await flowsOf(tx, venture, facts, frame);
  const holding = await tx.groupHolding.findUnique({ where: { ventureId: venture.id } });
  const own = (dataset: string, filter = {}): FigureSource => datasetSource(facts, dataset, 1, filter);
  const sheet = driverSheet({
    ...{ frame, version: kept.version, tree: kept.tree, reported },
    treeSource: own(DRIVER_TREE, { version: kept.version }),
    facts: driverFacts(frame, inputs, goods),
    valuation: inputs.find(({ method }) => method === "metrics.venture.valuation@1") ?? null,
    proceeds: await proceedsOf(tx, venture, holding, to),
    capTableSources: [own("cap-table"), own(GROUP_HOLDING)],
  });
  return { sheet, kept, figures: [...inputs, goods.month, goods.year, ...sheetFigures(sheet)], to };
}

export type HolderChoice = { holderId: string; name: string; ours: boolean };
export type TreeVersion = { version: number; reason: string; by: string; at: string };

export type VentureDrivers = {
  venture: { id: string; slug: string; name: string; currency: string; timeZone: string };
  to: string;
  kept: KeptVersion;
  sheet: DriverSheet;
  /** Newest first. */
  versions: TreeVersion[];
  /** Holders of the cap table, and which of them are the group; null without a cap table. */
  holders: HolderChoice[] | null;
  holdingVersion: number;
};

async function versionsOf(tx: Tx, ventureId: string): Promise<TreeVersion[]> {
  const rows = await tx.driverTreeVersion.findMany({ where: { ventureId }, orderBy: { version: "desc" }, take: 30 });
  const names = await namesByRef(
    tx,
    rows.map(({ createdBy }) => createdBy),
  );
  return rows.map(({ version, reason, createdBy, createdAt }) => ({
    ...{ version, reason, by: names.get(createdBy) ?? createdBy, at: createdAt.toISOString() },
  }));
}

async function holdersOf(tx: Tx, ventureId: string): Promise<{ holders: HolderChoice[] | null; version: number }> {
  const holding = await tx.groupHolding.findUnique({ where: { ventureId } });
  const { table } = await loadCapTable(tx, ventureId);
  const names = new Map((table ? holdings(table) : []).map(({ holderId, name }) => [holderId, name]));
  const ours = new Set(holding?.holderIds ?? []);
  const holders = [...names].map(([holderId, name]) => ({ holderId, name, ours: ours.has(holderId) }));
  return { holders: table ? holders : null, version: holding?.version ?? 0 };
}

/** What a venture's revenue is made of, what each driver moves, and how far it reconciles; null for one out of sight. */
export async function findVentureDrivers(actor: Actor, ventureId: string, now: Date): Promise<VentureDrivers | null> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) return null;
  return atOneMoment(async (tx) => {
    const computed = await computeDrivers(tx, venture, todayOf(venture, now), null);
    if (!computed) throw new AppError("INTERNAL");
    const { id, slug, name, currency, timeZone } = venture;
    const { sheet, kept, to } = computed;
    const { holders, version } = await holdersOf(tx, ventureId);
    const versions = await versionsOf(tx, ventureId);
    return {
      venture: { id, slug, name, currency, timeZone },
      to,
      kept,
      sheet,
      versions,
      holders,
      holdingVersion: version,
    };
  });
}

type Stored = { figure: Figure; ventureId: string | null };

export const isDriverMethod = (method: string): boolean => method.startsWith("growth.driver.");

/** All figures of the tree's version that reach a day; null where the venture or the version is gone. */
export async function driverFiguresOn(
  tx: Tx,
  ventureId: string,
  to: string,
  version: number | null,
): Promise<Figure[] | null> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  return venture ? ((await computeDrivers(tx, venture, to, version))?.figures ?? null) : null;
}

/** A figure of the tree computed again from the facts as they are now, by the version it was made of. */
export async function recomputeDriverFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const given = (name: string) => {
    const input = figure.inputs[name];
    return input && "value" in input ? input.value : null;
  };
  const [to, version] = [given("to"), given("tree")];
  if (!ventureId || typeof to !== "string") return null;
  const all = await driverFiguresOn(tx, ventureId, to, typeof version === "number" ? version : null);
  const again = all?.find(({ id }) => id === figure.id);
  return again && all ? neededBy(again, all) : null;
}
