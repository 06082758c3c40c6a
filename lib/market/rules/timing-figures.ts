import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import { DRIVER_NAMES, TIMING_DRAWS, type TimingAssumptions } from "../schema/timing";
import type { DriverLine } from "./drivers";
import type { ExitTiming, Stated } from "./exit-timing";
import { HISTORY_YEARS } from "./percentile";
import { RULE_TEXT } from "./verdict";
import type { WaitingRange } from "./waiting";

/** The venture's own figures that timing rests on. */
export type OwnFigures = Readonly<Record<"valuation" | "revenue" | "growth" | "readiness" | "runway", Figure>>;

export type TimingFrame = {
  ventureId: string;
  currency: string;
  /** The day, and the version of the assumptions; 0 is the house's. */
  asOf: string;
  version: number;
  assumptions: TimingAssumptions;
  readinessTarget: number;
  own: OwnFigures;
  unitOf: (series: string) => Unit;
  seriesSource: (series: string) => FigureSource[];
  assumptionSource: FigureSource;
};

const METHOD = "market.timing.";
export const isTimingMethod = (method: string): boolean => method.startsWith(METHOD);
/** "driver.yield.percentile" of "market.timing.driver.yield.percentile@1". */
export const partOf = ({ method }: Pick<Figure, "method">): string => method.slice(METHOD.length).replace(/@\d+$/, "");

type Draft = {
  part: string;
  label: string;
  unit: Unit;
  value: number | string | null;
  reason?: string | null;
  formula: string;
  rests?: readonly Figure[];
  sources?: readonly FigureSource[];
  asOf?: string;
};

/** Statistics are float64: twelve digits are what they know. */
const textOf = (value: number | string): string =>
  typeof value === "string" ? value : new Exact(value).toSignificantDigits(12).toFixed();

function draw(frame: TimingFrame, draft: Draft): Figure {
  const { part, label, unit, value, reason, formula, rests = [], sources = [], asOf = frame.asOf } = draft;
  const inputs: Record<string, FigureInput> = {
    ...{ venture: { value: frame.ventureId }, day: { value: frame.asOf }, version: { value: frame.version } },
    ...Object.fromEntries(rests.map((figure) => [nameOf(figure), { figure: figure.id, label: figure.label }])),
  };
  return makeFigure({
    ...{ label, unit, asOf, formula, inputs, sources: [...sources] },
    value: value === null ? null : textOf(value),
    ...(value === null ? { reason: reason ?? "no-data" } : {}),
    method: `${METHOD}${part}@1`,
  });
}

const nameOf = (figure: Figure): string =>
  isTimingMethod(figure.method) ? partOf(figure) : (figure.method.split(".").at(-1)?.replace(/@\d+$/, "") ?? "input");

function driverFigures(frame: TimingFrame, line: DriverLine): Figure[] {
  const { key, series, latest, percentile, direction, sign, points } = line;
  const name = DRIVER_NAMES[key];
  const part = `driver.${key}`;
  const sources = series ? frame.seriesSource(series) : [];
  const years = `${HISTORY_YEARS} years up to the day, of what was known on it`;
  const value = draw(frame, {
    ...{ part: `${part}.value`, label: name, unit: series ? frame.unitOf(series) : "index", sources },
    ...{ value: latest?.value ?? null, reason: line.reason, asOf: latest?.day ?? frame.asOf },
    formula:
      key === "yieldChange" ? "newest value − the value a year before it" : `newest value of ${series ?? "no series"}`,
  });
  const rank = draw(frame, {
    ...{ part: `${part}.percentile`, label: `${name}, percentile`, unit: "score", value: percentile },
    ...{ reason: line.reason, rests: [value], sources },
    formula: `100 × (values below + half of those equal) ÷ ${points} values of the ${years}; unknown under ${frame.assumptions.history.leastPoints} values or when the newest is older than ${frame.assumptions.history.staleAfterDays} days`,
  });
  const towards = draw(frame, {
    ...{ part: `${part}.direction`, label: `${name}, for or against a sale`, unit: "index", value: direction },
    ...{ reason: line.reason, rests: [rank] },
    formula: `${sign > 0 ? "" : "−"}(percentile − 50) ÷ 50`,
  });
  return [value, rank, towards];
}

function scoreFigures(frame: TimingFrame, { market }: ExitTiming, drivers: readonly Figure[]): Figure[] {
  const rests = drivers.filter((figure) => partOf(figure).endsWith(".direction"));
  const sources = [frame.assumptionSource];
  return [
    draw(frame, {
      ...{ part: "score", label: "Market score, −1 to +1", unit: "index", value: market.score, reason: market.reason },
      ...{ rests, sources, formula: "Σ weight × direction ÷ Σ weight, over the drivers that are known" },
    }),
    draw(frame, {
      ...{ part: "coverage", label: "Weight of the known drivers", unit: "ratio", value: market.coverage },
      ...{ rests, sources, formula: "Σ weight of the known drivers ÷ Σ weight of all" },
    }),
  ];
}

function assumedFigures(frame: TimingFrame, { resolved, market }: ExitTiming): Figure[] {
  const series = market.lines.find(({ key }) => key === "multiple")?.series ?? null;
  const { waiting } = frame.assumptions;
  const sources = series ? frame.seriesSource(series) : [];
  const one = (
    part: string,
    label: string,
    { value, reason }: Stated,
    put: boolean,
    formula: string,
    rests: Figure[],
  ) =>
    draw(frame, {
      ...{ part, label, unit: "ratio", value, reason, formula: put ? "as put in" : formula },
      ...(put ? { sources: [frame.assumptionSource] } : { rests, sources: rests.length > 0 ? [] : sources }),
    });
  const random = `over its values of ${HISTORY_YEARS} years, as a random walk of the logarithm`;
  return [
    one(
      "growth",
      "Growth while waiting, a year",
      resolved.growth,
      waiting.growth !== "",
      "the venture's growth goes on",
      [frame.own.growth],
    ),
    one(
      "drift",
      "Drift of the multiple, a year",
      resolved.drift,
      waiting.drift !== "",
      `ln(last ÷ first) ÷ years, ${random}`,
      [],
    ),
    one(
      "volatility",
      "Volatility of the multiple, a year",
      resolved.volatility,
      waiting.volatility !== "",
      `√(Σ (Δln − drift × Δt)² ÷ Δt ÷ (n − 1)), ${random}`,
      [],
    ),
  ];
}

const RANGE_PARTS = {
  p10: { label: "P10", formula: "one draw in ten lies below" },
  p50: { label: "median", formula: "half of the draws lie below" },
  p90: { label: "P90", formula: "one draw in ten lies above" },
  mean: { label: "mean", formula: "mean of the draws" },
} as const;

function waitingFigures(frame: TimingFrame, timing: ExitTiming, assumed: readonly Figure[]): Figure[] {
  const { valuation, revenue } = frame.own;
  const { waiting, waitingReason: reason } = timing;
  const own = draw(frame, {
    ...{
      part: "multiple",
      label: "Multiple of a sale today",
      unit: "multiple",
      value: waiting?.multiple ?? null,
      reason,
    },
    ...{ rests: [valuation, revenue], formula: "valuation ÷ revenue of 12 months" },
  });
  const rests = [own, ...assumed];
  const shared = { rests, reason, sources: [frame.assumptionSource] };
  const model = `${TIMING_DRAWS} draws from the seed "${frame.assumptions.waiting.seed}": revenue × (1 + growth)^T × multiple × e^walk where it lives, a part of today's value where it fails, × (1 − dilution)^T ÷ (1 + rate)^T`;
  const of = (range: WaitingRange): Figure[] => {
    const wait = `waiting ${range.months} months`;
    const part = `waiting.${range.months}`;
    const parts = Object.entries(RANGE_PARTS).map(([name, { label, formula }]) =>
      draw(frame, {
        ...{ ...shared, part: `${part}.${name}`, label: `Worth of ${wait}, ${label}`, unit: frame.currency },
        ...{ value: range[name as keyof typeof RANGE_PARTS], formula: `${formula}; ${model}` },
      }),
    );
    const beats = draw(frame, {
      ...{ ...shared, part: `${part}.beats`, label: `Chance that ${wait} beats selling`, unit: "ratio" },
      ...{ value: range.beats, formula: `share of the draws worth more than today's value; ${model}` },
    });
    const even = draw(frame, {
      ...{ ...shared, part: `${part}.breakEven`, label: `Break-even multiple after ${range.months} months` },
      ...{ unit: "multiple", value: range.breakEven, reason: "no-break-even" },
      formula:
        "(today's value ÷ ((1 − dilution)^T ÷ (1 + rate)^T) − chance of failure × what is left) ÷ (chance of living × mean revenue)",
    });
    return [...parts, beats, even];
  };
  return [own, ...(waiting?.ranges ?? []).flatMap(of)];
}

/** Every number of exit timing, inputs first, with the venture's own below them. */
export function timingFigures(frame: TimingFrame, timing: ExitTiming): Figure[] {
  const drivers = timing.market.lines.flatMap((line) => driverFigures(frame, line));
  const market = scoreFigures(frame, timing, drivers);
  const assumed = assumedFigures(frame, timing);
  const waiting = waitingFigures(frame, timing, assumed);
  const score = market.filter((figure) => partOf(figure) === "score");
  const beats = waiting.filter((figure) => partOf(figure).endsWith(".beats"));
  const { openFrom, waitingFrom, leastRunway } = frame.assumptions.rule;
  const verdict = draw(frame, {
    ...{ part: "verdict", label: "Exit timing", unit: "text", value: timing.verdict.verdict, reason: "no-verdict" },
    rests: [...score, ...beats, frame.own.readiness, frame.own.runway],
    sources: [frame.assumptionSource],
    formula: `${RULE_TEXT} Target ${frame.readinessTarget}; open from ${openFrom}, shut from −${openFrom}; waiting pays from a chance of ${waitingFrom}; a runway under ${leastRunway} months is short.`,
  });
  return [...Object.values(frame.own), ...drivers, ...market, ...assumed, ...waiting, verdict];
}
