import "server-only";
import { z } from "zod";
import { buyersVersion, listPlaced } from "@/lib/buyers/queries";
import { roomFiguresOn } from "@/lib/data-room/queries";
import type { db, Tx } from "@/lib/db";
import { dollarRates } from "@/lib/decisions/queries/facts";
import type { Figure, FigureAsk } from "@/lib/figures/schema";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { type LoadedAssessment, loadAssessment } from "@/lib/readiness/queries/assessment";
import { type KeptPlan, loadKeptPlan, measuresOf } from "@/lib/valuation/queries/optimization";
import { stepState } from "@/lib/valuation/rules/optimization/plan-days";
import { criterionLever } from "@/lib/valuation/schema/optimization";
import { resolveStored } from "@/lib/ventures/queries";
import type { Parameters } from "@/lib/ventures/schema";
import type { ExitFacts } from "../rules/exit-criteria";
import { isQualified, qualifiedFigure } from "../rules/exit-figures";
import { criteriaOfAgents } from "./agent-answers";

type Reader = Tx | typeof db;
export type ExitVenture = {
  id: string;
  businessModel: string;
  slug: string;
  name: string;
  currency: string;
  timeZone: string;
  sector: string;
};

const DEFAULTS = { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} };

export async function exitParameters(tx: Reader, ventureId: string): Promise<Parameters> {
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId } });
  return resolveStored(settings ?? DEFAULTS).parameters;
}

/** Candidates of a venture and the qualified of them as a figure; null counts where nobody has entered a buyer. */
export async function buyerFacts(tx: Reader, venture: { id: string; currency: string }, today: string) {
  const placed = await listPlaced(tx, venture, today);
  const qualified = placed.length === 0 ? null : placed.filter(isQualified).length;
  const scope = {
    ventureId: venture.id,
    today,
    candidates: placed.length,
    version: await buyersVersion(tx, venture.id),
  };
  return { candidates: placed.length, qualified, figure: qualifiedFigure(scope, qualified) };
}

/** The venture's data room, the oldest where there are several, and what is open in it. */
export async function roomFacts(tx: Reader, ventureId: string, today: string) {
  const room = await tx.dataRoom.findFirst({ where: { ventureId }, orderBy: { createdAt: "asc" } });
  if (!room) return { roomId: null, completeness: null, priceEffect: null, openFindings: null };
  const figures = await roomFiguresOn(tx, room.id, today);
  const serious = { roomId: room.id, status: "open", severity: { in: ["high", "critical"] } };
  return {
    roomId: room.id,
    completeness: figures.get("room") ?? null,
    priceEffect: figures.get("price-effect") ?? null,
    openFindings: await tx.roomFinding.count({ where: serious }),
  };
}

const runSchema = z.record(
  z.string(),
  z.object({ figure: z.string(), revision: z.int(), value: z.string().nullable() }),
);

export type KeptValuation = { valuedOn: string; version: number; parts: z.infer<typeof runSchema> };

/** The newest kept valuation with the figures that were stored for it. */
export async function keptValuation(tx: Reader, ventureId: string, by?: string): Promise<KeptValuation | null> {
  const asOf = by === undefined ? {} : { asOf: { lte: dayDate(by) } };
  const row = await tx.valuationVersion.findFirst({ where: { ventureId, ...asOf }, orderBy: { version: "desc" } });
  return row ? { valuedOn: dayText(row.asOf), version: row.version, parts: runSchema.parse(row.run) } : null;
}

/** The profile's minimum valuation in the venture's currency; null where no rate is stored. */
export async function minimumIn(tx: Reader, currency: string, dollars: number, day: string): Promise<string | null> {
  const rate = (await dollarRates(tx, [currency], dayDate(day))).get(currency)?.rate;
  return rate ? new Exact(dollars).div(rate).toDecimalPlaces(2).toFixed() : null;
}

/** Readiness of the same day, where the caller has it. */
type Assessed = LoadedAssessment | null;

/**
 * Steps of the newest kept plan whose measure has not come as far as was planned; null without a plan. A step that has no
 * measure of its own (less risk) is not counted: nothing could ever tick it. One that only an agent has answered is open.
 */
async function openSteps(tx: Reader, venture: ExitVenture, today: string, known: Assessed): Promise<number | null> {
  const kept = await loadKeptPlan(tx as Tx, venture.id, null);
  if (!kept) return null;
  const assessment = known ?? (await loadAssessment(tx as Tx, venture, today));
  const measures = new Map(measuresOf(assessment));
  for (const criterion of await criteriaOfAgents(tx, venture.id, assessment))
    measures.delete(criterionLever(criterion));
  const state = (step: KeptPlan["run"]["steps"][number]) =>
    stepState(step, measures.get(step.lever)?.value ?? null, today);
  return kept.run.steps.filter((step) => step.to !== null && state(step) !== "reached").length;
}

/** Everything that the criteria of 40.2 are judged by; who has assessed readiness of the day already hands it over. */
export async function loadExitFacts(tx: Reader, venture: ExitVenture, today: string, known: Assessed = null) {
  const parameters = await exitParameters(tx, venture.id);
  const buyers = await buyerFacts(tx, venture, today);
  const room = await roomFacts(tx, venture.id, today);
  const valuation = await keptValuation(tx, venture.id);
  const facts: ExitFacts = {
    ...{ today, qualified: buyers.qualified, pool: parameters.targetBuyerPool },
    ...{ completeness: room.completeness?.value ?? null, openFindings: room.openFindings },
    ...{ equity: valuation?.parts.equity?.value ?? null, valuedOn: valuation?.valuedOn ?? null },
    minimum: await minimumIn(tx, venture.currency, parameters.minimumValuation, today),
    openSteps: await openSteps(tx, venture, today, known),
  };
  return { parameters, buyers, room, valuation, facts };
}

const argsSchema = z.object({ day: z.iso.date() });

async function figuresOn(tx: Tx, ventureId: string, day: unknown): Promise<Figure[] | null> {
  const read = argsSchema.safeParse({ day });
  const venture = await tx.venture.findUnique({ where: { id: ventureId }, select: { id: true, currency: true } });
  return read.success && venture ? [(await buyerFacts(tx, venture, read.data.day)).figure] : null;
}

/** How the figures of the overview are made when somebody opens one. */
export const EXIT_ASKS = {
  "stage.exit": (tx: Tx, ventureId: string, args: FigureAsk["args"]) => figuresOn(tx, ventureId, args.day),
} as const;

export async function recomputeExitFigure(
  tx: Tx,
  { figure, ventureId }: { figure: Figure; ventureId: string | null },
): Promise<Figure[] | null> {
  const { day } = figure.inputs;
  return ventureId && day && "value" in day ? figuresOn(tx, ventureId, day.value) : null;
}
