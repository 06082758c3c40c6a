import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { openFigure } from "@/lib/figures/mutations/open";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { formatDay } from "@/lib/format";
import { dayText } from "@/lib/metrics/rules/periods";
import { storeArtefact } from "@/lib/reports/mutations/artefacts";
import { fencedTransaction } from "@/lib/workflows/fence";
import {
  type CalibrationPart,
  type Come,
  calibrationParts,
  loadReviewDecisions,
  loadReviewForecasts,
  loadReviewInitiatives,
  REPORTED_LEVEL,
} from "../../queries/cycle/cycle-report";
import { forecastError } from "../../rules/cycle/cycle-figures";
import { cycleReport, type ForecastComparison, type Quoted } from "../../rules/cycle/cycle-report";
import { FORECAST_METRICS, forecastMetricSchema } from "../../schema/venture-forecast";
import { findForecastRecord, makeForecast } from "../forecast/forecasts";
import { measureReview } from "../initiatives/initiative-measure";

type Cycle = Awaited<ReturnType<typeof db.growthCycle.findFirstOrThrow>>;
type Ref = { id: string; revision: number };
/** Everything that the closing commit writes; made before it, so that the commit is short. */
export type PreparedReport = { blocks: Prisma.InputJsonArray; refs: Ref[]; figures: Figure[] };

/** Makes or finds the month's forecast of every metric that can be forecast; the others say why not. */
export async function forecastForCycle(cycleId: string, by: string, now: Date): Promise<void> {
  const cycle = await db.growthCycle.findUniqueOrThrow({ where: { id: cycleId } });
  if (JSON.stringify(cycle.forecasts) !== "[]") return;
  const { ventureId } = cycle;
  const noted: Prisma.InputJsonObject[] = [];
  for (const metric of FORECAST_METRICS) {
    const made = await makeForecast(by, { ventureId, metric: forecastMetricSchema.parse(metric) }, now);
    if (made.ok) noted.push({ metric, recordId: made.value.recordId });
    else if (made.refusal === "ALREADY_MADE") {
      const known = await findForecastRecord(ventureId, metric, dayText(cycle.openedOn).slice(0, 7));
      if (known) noted.push({ metric, recordId: known.recordId });
    } else noted.push({ metric, reason: made.problems?.[0]?.expected.split(":")[0] ?? "no-forecast" });
  }
  await fencedTransaction(async (tx) => {
    const where = { id: cycleId, forecasts: { equals: [] } };
    await tx.growthCycle.updateMany({ where, data: { forecasts: noted } });
  });
}

/** Measures each initiative that has begun on the review date of the turn; one that was measured then stays as it was. */
export async function measureForCycle(cycleId: string, now: Date): Promise<void> {
  const { ventureId, reviewOn } = await db.growthCycle.findUniqueOrThrow({ where: { id: cycleId } });
  const begun = await db.initiative.findMany({
    where: { ventureId, startedOn: { lt: reviewOn }, status: { in: ["running", "paused", "done"] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  for (const { id } of begun) await measureReview(id, dayText(reviewOn), now);
}

async function opened(by: Actor, view: FigureView, now: Date): Promise<FigureView> {
  if (!view.ask) return view;
  const stored = await openFigure(by, view.id, view.ask, now);
  if (!stored.ok) throw new AppError("CONFLICT");
  return stored.value;
}

const quoted = ({ id, value, reason }: Pick<FigureView, "id" | "value" | "reason">): Quoted =>
  value === null ? { unknown: `unknown (${reason ?? "no data"})` } : { figure: id };

const dayWords = (day: Date): string => formatDay(dayText(day));
const monthWords = (month: string): string => formatDay(`${month}-01`, "month");

const UNKNOWN: Quoted = { unknown: "unknown" };

type Compared = { row: ForecastComparison; refs: Ref[]; error: Figure };

/** One forecast month against what came: the actual is stored now, the difference with the report. */
async function compared(by: Actor, come: Come, now: Date): Promise<Compared> {
  const { point, label } = come;
  const actual = await opened(by, come.actual, now);
  const said = { id: point.figure, value: point.value, revision: point.revision };
  const error = forecastError({
    ...{ label: `${label}, forecast error of ${monthWords(point.month)}`, unit: actual.unit, asOf: actual.asOf },
    ...{ actual, forecast: said },
  });
  const interval = point.intervals.find(({ level }) => level === REPORTED_LEVEL);
  const inside =
    interval && actual.value !== null
      ? Number(actual.value) >= Number(interval.low) && Number(actual.value) <= Number(interval.high)
      : null;
  const row: ForecastComparison = {
    ...{ metric: label, month: monthWords(point.month), forecast: { figure: said.id }, actual: quoted(actual), inside },
    low: interval ? { figure: interval.lowFigure } : UNKNOWN,
    high: interval ? { figure: interval.highFigure } : UNKNOWN,
    error: quoted({ ...error, reason: error.reason ?? null }),
  };
  const ends = interval
    ? [
        { id: interval.lowFigure, revision: interval.lowRevision },
        { id: interval.highFigure, revision: interval.highRevision },
      ]
    : [];
  const refs = [{ id: said.id, revision: said.revision }, { id: actual.id, revision: actual.revision }, ...ends];
  return { row, refs, error };
}

/** Everything the report of a turn says, from stored facts; figures that it quotes are stored on the way. */
export async function prepareCycleReport(by: Actor, cycle: Cycle, now: Date): Promise<PreparedReport> {
  const { come, unforecast, calibration } = await loadReviewForecasts(cycle);
  const rows: Compared[] = [];
  for (const one of come) rows.push(await compared(by, one, now));
  const trusted: Partial<Record<CalibrationPart, FigureView>> = {};
  for (const [part, view] of Object.entries(calibrationParts(calibration))) {
    trusted[part as CalibrationPart] = await opened(by, view, now);
  }
  const said = (part: CalibrationPart, unknown: Quoted = UNKNOWN): Quoted => {
    const view = trusted[part];
    return view?.value ? { figure: view.id } : unknown;
  };
  const { initiatives, refs } = await loadReviewInitiatives(db, cycle);
  const blocks = cycleReport({
    ...{ openedOn: dayWords(cycle.openedOn), reviewOn: dayWords(cycle.reviewOn), unforecast, initiatives },
    comparisons: rows.map(({ row }) => row),
    calibration: {
      coverage: said("coverage", { unknown: "no month of a kept forecast has come yet" }),
      ...{ sample: said("sample"), brier: said("brier"), calls: said("calls") },
    },
    ...(await loadReviewDecisions(db, cycle)),
    analysis: await analysisOf(cycle),
  });
  const calibrated = Object.values(trusted).map(({ id, revision }) => ({ id, revision }));
  return {
    blocks: blocks as unknown as Prisma.InputJsonArray,
    refs: [...rows.flatMap((row) => row.refs), ...calibrated, ...refs],
    figures: rows.map(({ error }) => error),
  };
}

async function analysisOf({ runId }: Cycle): Promise<"succeeded" | "failed" | "none"> {
  const run = runId ? await db.agentRun.findUnique({ where: { id: runId }, select: { status: true } }) : null;
  return run === null ? "none" : run.status === "succeeded" ? "succeeded" : "failed";
}

/** Stores the report as the next version of its kind; the caller's transaction closes the turn. */
export async function storeCycleReport(
  tx: Tx,
  cycle: Cycle,
  { blocks, refs, figures }: PreparedReport,
  now: Date,
): Promise<{ artefactId: string }> {
  const { ventureId, ordinal } = cycle;
  const errors = await saveFigures(tx, ventureId, figures, now);
  const all = new Map([...refs, ...errors].map((ref) => [ref.id, ref]));
  const { id } = await storeArtefact(
    tx,
    {
      ...{ ventureId, runId: null, kind: "growth-cycle-report", title: `Growth cycle, turn ${ordinal}` },
      body: { blocks, model: "growth loop's own record" },
      figures: [...all.values()],
    },
    now,
  );
  return { artefactId: id };
}
