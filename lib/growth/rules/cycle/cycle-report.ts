import { figureReference } from "@/lib/figures/schema";
import type { ReportBlock } from "@/lib/reports/schema";

/** One number of a report: its figure, or why there is none. */
export type Quoted = { figure: string } | { unknown: string };

export type ForecastComparison = {
  metric: string;
  /** The month that was forecast, as a person reads it. */
  month: string;
  forecast: Quoted;
  low: Quoted;
  high: Quoted;
  actual: Quoted;
  /** What came less what was forecast. */
  error: Quoted;
  inside: boolean | null;
};

export type MeasuredInitiative = {
  title: string;
  status: string;
  effect: Quoted;
  low: Quoted;
  high: Quoted;
  gain: Quoted;
  spent: Quoted;
  roi: Quoted;
  /** What the stated method says, "cannot tell" among it. */
  verdict: string;
};

export type CycleReportFacts = {
  /** Days as a person reads them. */
  openedOn: string;
  reviewOn: string;
  comparisons: readonly ForecastComparison[];
  /** Why nothing was forecast for a metric: { metric, reason }. */
  unforecast: readonly { metric: string; reason: string }[];
  calibration: { coverage: Quoted; sample: Quoted; brier: Quoted; calls: Quoted };
  initiatives: readonly MeasuredInitiative[];
  decisions: readonly { title: string; verdict: string }[];
  undecided: readonly string[];
  analysis: "succeeded" | "failed" | "none";
};

const cell = (quoted: Quoted): string => ("figure" in quoted ? figureReference(quoted.figure) : quoted.unknown);
/** A metric's name is ours and stands as it is; a title is somebody's words and is marked as such. */
const plain = (text: string): string => text.replace(/[[\]\n]/g, " ");
const name = (text: string): string => `[[name:${plain(text)}]]`;
const heading = (text: string): ReportBlock => ({ kind: "heading", level: 2, text });
const paragraph = (text: string): ReportBlock => ({ kind: "paragraph", text });

const CAME: Readonly<Record<"true" | "false" | "null", string>> = {
  true: "inside the interval",
  false: "outside the interval",
  null: "cannot tell yet",
};

/** What was forecast at the opening of a turn and what came of it, what was decided, measured and learnt. */
export function cycleReport(facts: CycleReportFacts): ReportBlock[] {
  return [
    paragraph(
      `The turn was opened on ${facts.openedOn} and reviewed on ${facts.reviewOn}. ${analysed(facts.analysis)}`,
    ),
    ...forecasts(facts),
    ...initiatives(facts.initiatives),
    ...decisions(facts),
  ];
}

const ANALYSED: Readonly<Record<CycleReportFacts["analysis"], string>> = {
  succeeded: "Its analysis is stored as the growth lever analysis report.",
  failed: "Its analysis failed each time it was begun, so nothing was proposed.",
  none: "It was reviewed before an analysis was made.",
};
const analysed = (analysis: CycleReportFacts["analysis"]): string => ANALYSED[analysis];

function forecasts({ comparisons, unforecast, calibration }: CycleReportFacts): ReportBlock[] {
  const missing = unforecast.map(({ metric, reason }) => `${plain(metric)}, not forecast: ${reason}`);
  const without: ReportBlock[] = missing.length > 0 ? [{ kind: "list", ordered: false, items: missing }] : [];
  if (comparisons.length === 0) {
    return [heading("Forecast and outcome"), paragraph("Nothing was forecast when the turn was opened."), ...without];
  }
  const columns = [
    { label: "Metric", numeric: false },
    { label: "Month", numeric: false },
    { label: "Forecast", numeric: true },
    { label: "Interval from", numeric: true },
    { label: "to", numeric: true },
    { label: "Came", numeric: true },
    { label: "Difference", numeric: true },
    { label: "Outcome", numeric: false },
  ];
  const rows = comparisons.map((one) => [
    plain(one.metric),
    one.month,
    ...[one.forecast, one.low, one.high, one.actual, one.error].map(cell),
    CAME[`${one.inside}`],
  ]);
  return [
    heading("Forecast and outcome"),
    { kind: "table", caption: "What was forecast at the opening, and what came", columns, rows },
    paragraph(calibrated(calibration)),
    ...without,
  ];
}

function calibrated({ coverage, sample, brier, calls }: CycleReportFacts["calibration"]): string {
  if ("unknown" in coverage)
    return `How far these intervals can be trusted is not known yet: ${coverage.unknown}. ${called(brier, calls)}`;
  return `Of all ${cell(sample)} intervals of earlier forecasts whose months have come, ${cell(coverage)} held what came; four in five should. ${called(brier, calls)}`;
}

const called = (brier: Quoted, calls: Quoted): string =>
  "unknown" in brier || "unknown" in calls
    ? "No call of higher or not has come yet."
    : `Of ${cell(calls)} calls of higher or not, the Brier score is ${cell(brier)}; a coin scores a quarter, less is better.`;

function initiatives(measured: readonly MeasuredInitiative[]): ReportBlock[] {
  if (measured.length === 0)
    return [heading("Initiatives"), paragraph("No initiative was under way long enough to be measured.")];
  const columns = [
    { label: "Initiative", numeric: false },
    { label: "State", numeric: false },
    { label: "Effect", numeric: true },
    { label: "from", numeric: true },
    { label: "to", numeric: true },
    { label: "Gain", numeric: true },
    { label: "Spent", numeric: true },
    { label: "Return", numeric: true },
    { label: "Verdict", numeric: false },
  ];
  const rows = measured.map((one) => [
    name(one.title),
    one.status,
    ...[one.effect, one.low, one.high, one.gain, one.spent, one.roi].map(cell),
    one.verdict,
  ]);
  return [heading("Initiatives"), { kind: "table", caption: "Initiatives and what they brought", columns, rows }];
}

function decisions({ decisions: taken, undecided }: CycleReportFacts): ReportBlock[] {
  const lines = [
    ...taken.map(({ title, verdict }) => `${name(title)}: ${verdict}`),
    ...undecided.map((title) => `${name(title)}: not answered`),
  ];
  if (lines.length === 0) return [heading("Decisions"), paragraph("Nothing was proposed.")];
  return [heading("Decisions"), { kind: "list", ordered: false, items: lines }];
}
