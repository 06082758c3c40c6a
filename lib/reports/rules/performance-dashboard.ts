import { type Figure, figureReference, REASON_SENTENCES } from "@/lib/figures/schema";
import type { ChartSeries, MeasureRow } from "@/lib/metrics/rules/performance";
import type { ReportBlock, ReportChart } from "../schema";

export type DashboardFacts = {
  measures: readonly MeasureRow[];
  /** All figures that were computed; the cohorts' are taken out of them. */
  figures: readonly Figure[];
  series: readonly ChartSeries[];
};

const GROUPS: readonly { title: string; keys: readonly string[] }[] = [
  {
    title: "Stage metrics",
    keys: [
      "growth_rate",
      "valuation",
      "valuation_change",
      "exit_readiness",
      "cash_runway",
      "customer_concentration",
      "team_retention",
    ],
  },
  {
    title: "Recurring revenue",
    keys: [
      "mrr",
      "arr",
      "customers",
      "arpa",
      "net_revenue_retention",
      "gross_revenue_retention",
      "logo_churn",
      "quick_ratio",
    ],
  },
  {
    title: "Efficiency",
    keys: [
      "gross_margin_ratio",
      "monthly_net_burn",
      "cash",
      "burn_multiple",
      "magic_number",
      "rule_of_40",
      "cac",
      "cac_payback",
      "ltv",
      "ltv_to_cac",
    ],
  },
];

const CHARTS = ["revenue", "mrr", "customers", "cash"] as const;
const MONTHS = 36;

const heading = (text: string): ReportBlock => ({ kind: "heading", level: 2, text });

type Cell = { label: string; numeric: boolean; of: (row: MeasureRow) => string; always: boolean };

const CELLS: readonly Cell[] = [
  { label: "Measure", numeric: false, always: true, of: ({ figure }) => figure.label },
  { label: "Value", numeric: true, always: true, of: ({ figure }) => figureReference(figure.id) },
  { label: "Level", numeric: false, always: false, of: ({ level }) => level?.word ?? "" },
  { label: "As of", numeric: false, always: true, of: ({ figure }) => figure.asOf },
  {
    ...{ label: "Why unknown", numeric: false, always: false },
    of: ({ figure }) => (figure.value === null ? (REASON_SENTENCES[figure.reason ?? ""] ?? "Unknown.") : ""),
  },
];

/** A column in which no row would say anything is left out. */
function table(caption: string, rows: readonly MeasureRow[]): ReportBlock[] {
  if (rows.length === 0) return [];
  const cells = CELLS.filter(({ always, of }) => always || rows.some((row) => of(row) !== ""));
  const columns = cells.map(({ label, numeric }) => ({ label, numeric }));
  return [{ kind: "table", caption, columns, rows: rows.map((row) => cells.map(({ of }) => of(row))) }];
}

const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"] as const;
/** "Customers of Dec 2024" of "Customers of 2024-12". */
const monthsInWords = (text: string): string =>
  text.replace(/\b(\d{4})-(\d{2})\b(?!-)/g, (whole, year: string, month: string) => {
    const name = MONTH_NAMES[Number(month) - 1];
    return name ? `${name} ${year}` : whole;
  });

function cohorts(figures: readonly Figure[]): ReportBlock[] {
  const found = figures.filter(({ method }) => method === "metrics.venture.cohort_retention@1");
  if (found.length === 0) return [];
  const columns = [
    { label: "Cohort", numeric: false },
    { label: "Share", numeric: true },
  ];
  const rows = found.map((figure) => [monthsInWords(figure.label), figureReference(figure.id)]);
  return [heading("Cohorts"), { kind: "table", caption: "Cohorts", columns, rows }];
}

type Point = ReportChart["points"][number];

function pointOf({ month, value, figure }: ChartSeries["points"][number]): Point {
  if (!figure?.ask) return { month, value };
  const { id, label, asOf, reason, ask } = figure;
  return { month, value, figure: { id, label, asOf, reason: reason ?? null, ask } };
}

/** A measure of the venture as a line of its last three years. */
export const chart = ({ label, unit, points }: ChartSeries): ReportChart => ({
  kind: "chart",
  title: `${label} by month`,
  unit,
  points: points.slice(-MONTHS).map(pointOf),
});

/** The performance of a venture as it stood: every measure with its figure, the cohorts, and the lines that lead there. */
export function performanceDashboard({ measures, figures, series }: DashboardFacts): ReportBlock[] {
  const known = new Set(GROUPS.flatMap(({ keys }) => keys));
  const others = measures.filter(({ key }) => !known.has(key));
  const groups = GROUPS.flatMap(({ title, keys }) => {
    const rows = keys.flatMap((key) => measures.find((measure) => measure.key === key) ?? []);
    return rows.length > 0 ? [heading(title), ...table(title, rows)] : [];
  });
  const charts = CHARTS.flatMap(
    (key) => series.find((one) => one.key === key && one.points.some(({ value }) => value !== null)) ?? [],
  );
  return [
    ...groups,
    ...(others.length > 0 ? [heading("More measures"), ...table("More measures", others)] : []),
    ...cohorts(figures),
    ...(charts.length > 0 ? [heading("Trends"), ...charts.map(chart)] : []),
  ];
}
