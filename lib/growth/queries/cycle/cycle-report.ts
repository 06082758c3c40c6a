import "server-only";
import { z } from "zod";
import type { db, Tx } from "@/lib/db";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { forecastError } from "../../rules/cycle/cycle-figures";
import type { CycleReportFacts, MeasuredInitiative, Quoted } from "../../rules/cycle/cycle-report";
import { CANNOT_TELL_SENTENCES, type CannotTell } from "../../rules/initiatives/effect";
import { FORECAST_LABELS, forecastMetricSchema, type RecordedPoint } from "../../schema/venture-forecast";
import { type CalibrationView, calibrationView, loadKept, loadOutcomes } from "../forecast/forecast-records";
import { loadMonthlyFacts, loadMonthlySeries } from "../forecast/monthly-series";

/** The interval that the report speaks of: four in five. */
export const REPORTED_LEVEL = 0.8;

type Cycle = Awaited<ReturnType<typeof db.growthCycle.findFirstOrThrow>>;

/** What was noted at the opening of a turn: a kept forecast per metric, or why there is none. */
export const notedForecastsSchema = z.array(
  z.union([
    z.object({ metric: z.string(), recordId: z.string() }),
    z.object({ metric: z.string(), reason: z.string() }),
  ]),
);

const labelOf = (metric: string): string => {
  const known = forecastMetricSchema.safeParse(metric);
  return known.success ? FORECAST_LABELS[known.data] : metric;
};

/** A month of a kept forecast beside the same month as it came; `actual` is stored when it is opened. */
export type Come = { metric: string; label: string; point: RecordedPoint; actual: FigureView };

export type ReviewForecasts = {
  come: Come[];
  unforecast: { metric: string; reason: string }[];
  calibration: CalibrationView;
};

/** The newest month that has come of each forecast of the turn, and how all kept forecasts of the venture did. */
export async function loadReviewForecasts(cycle: Cycle): Promise<ReviewForecasts> {
  const noted = notedForecastsSchema.parse(cycle.forecasts);
  const ids = new Set(noted.flatMap((one) => ("recordId" in one ? [one.recordId] : [])));
  const unforecast = noted.flatMap((one) =>
    "reason" in one ? [{ metric: labelOf(one.metric), reason: REASON_SENTENCES[one.reason] ?? one.reason }] : [],
  );
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUniqueOrThrow({ where: { id: cycle.ventureId } });
    const today = dayText(cycle.reviewOn);
    const monthly = await loadMonthlyFacts(tx, venture, today);
    const kept = await loadKept(tx, venture.id);
    const calibration = calibrationView(venture, null, today, await loadOutcomes(tx, venture, monthly, kept));
    const come: Come[] = [];
    for (const record of kept.filter(({ id }) => ids.has(id))) {
      const metric = forecastMetricSchema.safeParse(record.metric);
      if (!metric.success) continue;
      const { points } = await loadMonthlySeries(tx, venture, monthly, metric.data);
      const known = new Map(points.flatMap((point) => (point.value === null ? [] : [[point.month, point.view]])));
      const point = record.points.findLast(({ month }) => known.has(month));
      const actual = point ? known.get(point.month) : undefined;
      if (!point || !actual) unforecast.push({ metric: labelOf(record.metric), reason: "no month of it has come yet" });
      else come.push({ metric: record.metric, label: labelOf(record.metric), point, actual });
    }
    return { come, unforecast, calibration };
  });
}

export type CalibrationPart = "coverage" | "sample" | "brier" | "calls";

/** What the report says of earlier forecasts: how many intervals held what came, and how good the calls were. */
export const calibrationParts = ({ figures }: CalibrationView): Partial<Record<CalibrationPart, FigureView>> => {
  const [coverage, sample] = [figures[`coverage|${REPORTED_LEVEL}`], figures[`intervals|${REPORTED_LEVEL}`]];
  const { brier, calls } = figures;
  const known = { coverage, sample, brier, calls };
  return Object.fromEntries(Object.entries(known).filter(([, view]) => view !== undefined));
};

const refSchema = z.object({ id: z.string(), revision: z.int() });
type Ref = z.infer<typeof refSchema>;

export type ReviewInitiatives = { initiatives: MeasuredInitiative[]; refs: Ref[] };

const verdictWords = (verdict: string, reason: string | null): string => {
  if (verdict !== "cannot-tell") return verdict;
  const why = reason ? (CANNOT_TELL_SENTENCES[reason as CannotTell] ?? reason) : "";
  return `cannot tell. ${why}`.trim();
};

/** The initiatives that were measured on the turn's review date, with the figures of that measurement. */
export async function loadReviewInitiatives(tx: Tx, cycle: Cycle): Promise<ReviewInitiatives> {
  const rows = await tx.initiativeMeasurement.findMany({
    where: { ventureId: cycle.ventureId, reviewOn: cycle.reviewOn },
    include: { initiative: { select: { title: true, status: true } } },
    orderBy: { measuredAt: "asc" },
  });
  const refs: Ref[] = [];
  const initiatives = rows.map(({ figures, verdict, reason, initiative }): MeasuredInitiative => {
    const parts = z.record(z.string(), refSchema.nullable()).parse(figures);
    const quote = (part: string): Quoted => {
      const ref = parts[part];
      if (!ref) return { unknown: "unknown" };
      refs.push(ref);
      return { figure: ref.id };
    };
    return {
      ...{ title: initiative.title, status: initiative.status, verdict: verdictWords(verdict, reason) },
      ...{ effect: quote("effect"), low: quote("effectLow"), high: quote("effectHigh") },
      ...{ gain: quote("gain"), spent: quote("spend"), roi: quote("roi") },
    };
  });
  return { initiatives, refs };
}

const ANSWERS: Readonly<Record<string, string>> = {
  approved: "approved",
  conditional: "approved with conditions",
  rejected: "rejected",
  expired: "expired without an answer",
  withdrawn: "withdrawn",
};

/** What the growth agent proposed during the turn, with the answers. */
export async function loadReviewDecisions(
  tx: Tx,
  cycle: Cycle,
): Promise<Pick<CycleReportFacts, "decisions" | "undecided">> {
  const memos = await tx.memo.findMany({
    where: { ventureId: cycle.ventureId, createdAt: { gte: cycle.openedAt }, proposal: { agent: "growth" } },
    orderBy: { createdAt: "asc" },
    select: { title: true, status: true },
  });
  const answered = memos.filter(({ status }) => ANSWERS[status] !== undefined);
  const open = memos.filter(({ status }) => ANSWERS[status] === undefined);
  return {
    decisions: answered.map(({ title, status }) => ({ title, verdict: ANSWERS[status] ?? status })),
    undecided: open.map(({ title }) => title),
  };
}

type Stored = { figure: Figure; ventureId: string | null };

/** The difference between a forecast as it was made and what came, again from the actual as it is stored now. */
export async function recomputeCycleFigure(
  tx: Tx,
  { figure }: Stored,
  load: (id: string) => Promise<Figure | null>,
): Promise<Figure[] | null> {
  const { actual, forecast } = figure.inputs;
  if (!actual || !forecast || !("figure" in actual) || !("figure" in forecast)) return null;
  const { figure: id, revision = 1 } = forecast;
  const [came, said] = await Promise.all([
    load(actual.figure),
    tx.figure.findUnique({ where: { id_revision: { id, revision } }, select: { id: true, value: true } }),
  ]);
  if (!came || !said) return null;
  const { label, unit, asOf } = figure;
  return [forecastError({ label, unit, asOf, actual: came, forecast: { ...said, revision } })];
}
