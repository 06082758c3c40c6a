import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import type { Figure } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { fencedTransaction } from "@/lib/workflows/fence";
import { computeForecast, type Made } from "../../queries/forecast/forecast";
import { loadMonthlyFacts } from "../../queries/forecast/monthly-series";
import { indexFigures } from "../../rules/forecast/forecast-index";
import {
  FORECAST_LEVELS,
  type ForecastMetric,
  type MakeForecast,
  type RecordedPoint,
} from "../../schema/venture-forecast";

export type ForecastRefusal = "ALREADY_MADE" | "NO_FORECAST";
export type ForecastMade = { recordId: string; metric: ForecastMetric; through: string; model: string };

type Refs = ReadonlyMap<string, number>;

/**
 * A month as it is kept: the figures' values and ids, with the interval that the page promises (widened by past errors
 * where there are enough); unknown ends are left out, an unknown point ends the forecast.
 */
function recordedPoints(made: Made, refs: Refs): RecordedPoint[] {
  const index = indexFigures(made.figures);
  const revisionOf = ({ id }: Figure): number => refs.get(id) ?? 1;
  return made.context.ahead.flatMap((month) => {
    const point = index.get(`point|${month}`);
    if (!point || point.value === null) return [];
    const intervals = FORECAST_LEVELS.flatMap((level) => {
      const end = (part: "low" | "high") =>
        index.get(`wide_${part}|${month}|${level}`) ?? index.get(`${part}|${month}|${level}`);
      const [low, high] = [end("low"), end("high")];
      if (!low || !high || low.value === null || high.value === null) return [];
      return {
        ...{ level, low: low.value, high: high.value, lowFigure: low.id, highFigure: high.id },
        ...{ lowRevision: revisionOf(low), highRevision: revisionOf(high) },
      };
    });
    const chance = index.get(`chance_higher|${month}`)?.value ?? null;
    const revision = revisionOf(point);
    return [
      {
        month,
        value: point.value,
        figure: point.id,
        revision,
        intervals,
        chanceHigher: chance === null ? null : Number(chance),
      },
    ];
  });
}

const FORECAST_PARTS =
  /\.(point|(?:wide_)?(?:low|high)|chance_higher|mase|versus_naive|versus_seasonal_naive|(?:wide_|model_)?coverage|alpha|beta|gamma|phi)@/;
const isOfForecast = ({ method }: Figure): boolean => FORECAST_PARTS.test(method);

type Making = { ventureId: string; metric: ForecastMetric; today: string; by: string; now: Date };

async function keep(tx: Tx, { ventureId, metric, today, by, now }: Making, made: Made): Promise<ForecastMade> {
  const saved = await saveFigures(tx, ventureId, made.figures.filter(isOfForecast), now);
  const refs = new Map(saved.map(({ id, revision }) => [id, revision]));
  const { context, found } = made;
  const through = context.months.at(-1) ?? "";
  const { accuracy, parameters, model } = found;
  const { id } = await tx.forecastRecord.create({
    data: {
      ...{ ventureId, metric, unit: context.unit, madeOn: dayDate(today), madeMonth: today.slice(0, 7), through },
      ...{ lastValue: String(context.values.at(-1) ?? 0), values: context.values.length, model: model.name },
      parameters: parameters as unknown as Prisma.InputJsonObject,
      accuracy: accuracy as unknown as Prisma.InputJsonObject,
      points: recordedPoints(made, refs) as unknown as Prisma.InputJsonArray,
      ...{ madeBy: by, madeAt: now },
    },
  });
  const payload = { metric, through, model: model.name, months: context.ahead.length, values: context.values.length };
  await recordEvent(tx, { ventureId, type: "forecast.made", actor: by, subject: `forecast:${id}`, payload, at: now });
  return { recordId: id, metric, through, model: model.name };
}

const isTaken = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";

/**
 * Makes the month's forecast of a metric and keeps it, for the growth cycle and for people: once a month, so that nobody
 * can choose among several afterwards. A step that is repeated gets ALREADY_MADE; `findForecastRecord` then finds it.
 */
export async function makeForecast(
  by: string,
  { ventureId, metric }: MakeForecast,
  now: Date,
): Promise<Result<ForecastMade, ForecastRefusal>> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture) throw new AppError("NOT_FOUND");
  const today = todayOf(venture, now);
  const key = { ventureId, metric, madeMonth: today.slice(0, 7) };
  if (await db.forecastRecord.findUnique({ where: { ventureId_metric_madeMonth: key } })) return refuse("ALREADY_MADE");
  const { usable, made } = await atOneMoment(async (tx) =>
    computeForecast(tx, venture, await loadMonthlyFacts(tx, venture, today), metric),
  );
  if (!made) {
    const expected = usable.ok ? "no-forecast" : `${usable.reason}: ${usable.months.join(", ")}`;
    return refuse("NO_FORECAST", [{ path: "metric", expected }]);
  }
  try {
    return ok(await fencedTransaction((tx) => keep(tx, { ventureId, metric, today, by, now }, made)));
  } catch (error) {
    if (isTaken(error)) return refuse("ALREADY_MADE");
    throw error;
  }
}

/** The same, asked by a person. */
export async function recordForecast(
  actor: Actor,
  input: MakeForecast,
  now: Date,
): Promise<Result<ForecastMade, ForecastRefusal>> {
  if (!maySeeVenture(actor, input.ventureId)) throw new AppError("NOT_FOUND");
  return makeForecast(actor.ref, input, now);
}

/** The month's kept forecast of a metric, or null. */
export async function findForecastRecord(ventureId: string, metric: ForecastMetric, madeMonth: string) {
  const row = await db.forecastRecord.findUnique({
    where: { ventureId_metric_madeMonth: { ventureId, metric, madeMonth } },
  });
  return row ? { recordId: row.id, through: row.through, model: row.model } : null;
}
