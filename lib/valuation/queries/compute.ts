import "server-only";
import { loadCapTable } from "@/lib/cap-table/queries";
import { toWaterfallClasses } from "@/lib/cap-table/rules/classes";
import type { CapTable } from "@/lib/cap-table/rules/positions";
import type { Tx } from "@/lib/db";
import { approximate } from "@/lib/distribution/rules/exact";
import { combinedTable, type PayoffTable, payoffTable } from "@/lib/distribution/rules/payoff-table";
import { readEngine } from "@/lib/distribution/rules/waterfall";
import { type ShareClass, shareClassSchema } from "@/lib/distribution/schema";
import { neededBy } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureSource } from "@/lib/figures/schema";
import { GROUP_HOLDING } from "@/lib/growth/queries/drivers/drivers";
import { loadComparables } from "@/lib/market/queries/comparables";
import { COMPARABLES } from "@/lib/market/schema/comparables";
import { unknown } from "@/lib/metrics/rules/measure";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { holderProceeds, partsOf, shortened, together } from "../rules/holder-proceeds";
import { type BridgeTerms, valuationFigures } from "../rules/venture-figures";
import type { ValuationContext } from "../rules/venture-methods";
import { simulateVenture, type VentureSimulation } from "../rules/venture-simulation";
import { netAtEnds, type Valuation, ventureValuation } from "../rules/venture-valuation";
import { VALUATION, type ValuationInputs, valuationInputsSchema } from "../schema/venture";
import { indexSource, loadPriceIndices } from "./price-indices";

export type VentureRow = { id: string; slug: string; name: string; currency: string; timeZone: string };
export type Kept = { version: number; asOf: string; inputs: ValuationInputs };

export type Computed = {
  valuation: Valuation;
  simulated: VentureSimulation | null;
  figures: Figure[];
  context: ValuationContext;
  /** Each with figures of its own; the rest of a long list is one. */
  holders: { id: string; name: string }[];
};

/** By name; the rest of a longer list is one line. */
const MOST_HOLDERS = 25;

type Held =
  | { classes: ShareClass[]; table: CapTable; group: ReadonlySet<string> | null; reason: string }
  | { classes: null; reason: string };

/**
 * The classes of the cap table with its holders, and who of them is the group; or why that is not known. Interest and
 * dividends run to `day`; transactions count up to `upTo`, all of them without one.
 */
export async function classesOf(tx: Tx, venture: VentureRow, day: string, upTo: string | null = null): Promise<Held> {
  const { table, terms, convertibles, dividends } = await loadCapTable(tx, venture.id, upTo);
  if (!table) return { classes: null, reason: "no-cap-table" };
  const found = toWaterfallClasses(table, terms, { terms: convertibles, dividends, day });
  if (!found.ok) {
    return {
      classes: null,
      reason: found.refusal === "OPEN_QUESTIONS" ? "open-charter-questions" : "incomplete-cap-table",
    };
  }
  const priced = table.securities.flatMap(({ currency }) => currency ?? []);
  if (priced.some((currency) => currency !== venture.currency)) return { classes: null, reason: "mixed-currencies" };
  const classes = found.value.map((each) => shareClassSchema.parse(each));
  const holding = await tx.groupHolding.findUnique({ where: { ventureId: venture.id } });
  if (!holding || holding.holderIds.length === 0) return { classes, table, group: null, reason: "no-group-holder" };
  return { classes, table, group: new Set(holding.holderIds), reason: "contradiction" };
}

/** Who receives what at each end, and what of it is the group's. */
function proceedsOf(held: Held, inputs: ValuationInputs, valuation: Valuation) {
  const net = netAtEnds(inputs, valuation);
  const lines = held.classes ? holderProceeds(held.table, held.classes, net) : [];
  const group = held.classes ? held.group : null;
  const unable = unknown(held.reason);
  if (!group || lines.length === 0)
    return { holders: lines, group: { low: unable, central: unable, high: unable }, table: null };
  return { holders: lines, group: together(lines, group), table: payoffsOf(held, group) };
}

/** The group's payoff at any proceeds, quick enough for every draw. */
function payoffsOf(held: Held, group: ReadonlySet<string>): PayoffTable | null {
  const engine = held.classes && readEngine(held.classes, undefined);
  if (!held.classes || !engine?.ok) return null;
  const parts = partsOf(held.table, held.classes, group).map(approximate);
  return combinedTable(payoffTable(engine.value), parts);
}

async function sourcesOf(tx: Tx, ventureId: string, version: number): Promise<FigureSource[]> {
  const datasets = [COMPARABLES, "cap-table", GROUP_HOLDING];
  const rows = await tx.datasetVersion.findMany({ where: { ventureId, dataset: { in: datasets } } });
  const own = (dataset: string, at: number): FigureSource => ({
    ...{ kind: "dataset", ventureId, dataset, version: at, rows: 1, filter: dataset === VALUATION ? { version } : {} },
  });
  return [own(VALUATION, version), ...rows.map(({ dataset, version: at }) => own(dataset, at))];
}

/** A version's inputs valued against the comparables and the cap table as they are now; `draws: false`: not simulated. */
export async function computeValuation(
  tx: Tx,
  venture: VentureRow,
  { version, asOf, inputs }: Kept,
  { draws = true }: { draws?: boolean } = {},
): Promise<Computed> {
  const held = await classesOf(tx, venture, asOf);
  const comparables = await loadComparables(tx, venture.id);
  const context: ValuationContext = {
    ...{ asOf, comparables, classes: held.classes, classesReason: held.reason },
    ...(held.classes && held.group
      ? { groupParts: partsOf(held.table, held.classes, held.group).map((part) => part.toFraction()) }
      : {}),
    indices: await loadPriceIndices(tx, comparables, asOf),
  };
  const valuation = ventureValuation(inputs, context);
  const { holders: all, group, table } = proceedsOf(held, inputs, valuation);
  const holders = shortened(all, MOST_HOLDERS);
  const simulated = draws ? simulateVenture(inputs, table) : null;
  const terms: BridgeTerms = {
    cash: new Exact(inputs.bridge.cash),
    debt: new Exact(inputs.bridge.debt),
    ...{ group, holders },
  };
  const frame = {
    ...{ ventureId: venture.id, currency: venture.currency, version, asOf },
    sources: [
      ...(await sourcesOf(tx, venture.id, version)),
      ...(await indexSource(tx, inputs.methods.precedents.index)),
    ],
  };
  const figures = valuationFigures(frame, valuation, simulated, terms);
  return { valuation, simulated, figures, context, holders: holders.map(({ id, name }) => ({ id, name })) };
}

/** The newest version of the inputs, or one that is named. */
export async function loadKept(tx: Tx, ventureId: string, version: number | null): Promise<Kept | null> {
  const where = { ventureId, ...(version === null ? {} : { version }) };
  const row = await tx.valuationVersion.findFirst({ where, orderBy: { version: "desc" } });
  if (!row) return null;
  return { version: row.version, asOf: dayText(row.asOf), inputs: valuationInputsSchema.parse(row.inputs) };
}

async function figuresOn(tx: Tx, ventureId: string, version: unknown): Promise<Figure[] | null> {
  const venture = await tx.venture.findUnique({ where: { id: ventureId } });
  const kept = typeof version === "number" ? await loadKept(tx, ventureId, version) : null;
  return venture && kept ? (await computeValuation(tx, venture, kept)).figures : null;
}

/** How the figures of the page are made again when somebody opens one. */
export const VALUATION_ASKS = {
  [VALUATION]: (tx: Tx, ventureId: string, args: FigureAsk["args"]) => figuresOn(tx, ventureId, args.version),
} as const;

type Stored = { figure: Figure; ventureId: string | null };

export async function recomputeValuationFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const { version } = figure.inputs;
  if (!ventureId || !version || !("value" in version)) return null;
  const all = await figuresOn(tx, ventureId, version.value);
  const again = all?.find(({ id }) => id === figure.id);
  return all && again ? neededBy(again, all) : null;
}
