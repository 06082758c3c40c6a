import { findMetric, findMetricByName, type Grain, type MetricDefinition } from "@/lib/metrics/schema";
import { type CellContext, isBlank, isFailed, type Read, readAmount, readNumber, readPeriod, short } from "./cells";
import { type Cell, cellText } from "./detection";
import { BASIS_WORDS, plainName } from "./fields";
import { EMPTY, type Fact, memoized, type ReaderInput, type Row, type RowOutcome } from "./row";

type PeriodValue = { start: string; grain: Grain };

/** Reads the cells of one metrics file; what is the same for all rows is settled once. */
class MetricCells {
  private readonly row: Row;
  private readonly input: ReaderInput;
  private readonly context: CellContext;
  private readonly readPeriodOnce: (cell: Cell) => Read<PeriodValue>;
  private readonly readMetricOnce = memoized(readMetric);

  constructor(row: Row, input: ReaderInput) {
    this.row = row;
    this.input = input;
    this.context = { options: input.mapping.options, date1904: input.date1904 };
    this.readPeriodOnce = memoized((cell) => readPeriod(cell, this.context));
  }

  metric(): MetricDefinition | null {
    const cell = this.row.cell("metric");
    if (cell === undefined || isBlank(cell)) return this.row.missing("metric");
    return this.row.settle("metric", this.readMetricOnce(cell));
  }

  period(): PeriodValue | null {
    const cell = this.row.cell("period");
    if (cell === undefined || isBlank(cell)) return this.row.missing("period");
    return this.row.settle("period", this.readPeriodOnce(cell));
  }

  point(target: string, definition: MetricDefinition, at: PeriodValue, basis: string): Fact | null {
    const cell = this.row.cell(target);
    if (cell === undefined) return this.row.missing(target);
    const { asOfDay } = this.input;
    if (basis === "actual" && at.start > asOfDay) {
      const message = `An actual of ${at.start.slice(0, 7)}, after the date of the file, ${asOfDay}`;
      return this.row.reject(target, "FUTURE_ACTUAL", message);
    }
    const read = readMetricValue(cell, definition, this.row.currency(), this.context);
    if (isFailed(read)) return this.row.reject(target, read.code, read.message);
    const { value, currency } = read.value;
    const fields = [definition.key, basis, at.grain, at.start, value, currency];
    return { key: `${definition.key}|${basis}|${at.grain}|${at.start}`, fields };
  }
}

export function metricReader(row: Row, input: ReaderInput): () => RowOutcome {
  const cells = new MetricCells(row, input);
  const { layout, basis } = input.mapping.options;
  return layout === "long" ? longReader(row, cells, basis) : wideReader(row, cells, input);
}

/** A row is one value. */
function longReader(row: Row, cells: MetricCells, fallback: string): () => RowOutcome {
  return () => {
    const definition = cells.metric();
    const at = cells.period();
    const basis = readBasis(row, fallback);
    if (isBlank(row.cell("value"))) row.missing("value");
    const fact =
      definition && at && basis && row.rejects.length === 0 ? cells.point("value", definition, at, basis) : null;
    return fact ? { facts: [fact], rejects: [], rejected: 0 } : { facts: [], rejects: [...row.rejects], rejected: 1 };
  };
}

/** A row is as many values as it has filled cells under a period or a metric. */
function wideReader(row: Row, cells: MetricCells, { mapping }: ReaderInput): () => RowOutcome {
  const { layout, basis: fallback } = mapping.options;
  const wide = mapping.targets.filter((target) => target.startsWith("metric:") || target.startsWith("period:"));
  const ofColumn = new Map(wide.map((target) => [target, fromTarget(target)] as const));
  return () => {
    const filled = wide.filter((target) => !isMissing(row.cell(target)));
    if (filled.length === 0) return EMPTY;
    const definition = layout === "period-columns" ? cells.metric() : null;
    const at = layout === "metric-columns" ? cells.period() : null;
    const basis = readBasis(row, fallback);
    if (basis === null || row.rejects.length > 0)
      return { facts: [], rejects: [...row.rejects], rejected: filled.length };
    const facts: Fact[] = [];
    for (const target of filled) {
      const column = ofColumn.get(target);
      const used = definition ?? column?.metric;
      const when = at ?? column?.period;
      const fact = used && when ? cells.point(target, used, when, basis) : null;
      if (fact) facts.push(fact);
    }
    return { facts, rejects: [...row.rejects], rejected: row.rejects.length };
  };
}

const MISSING = new Set(["", "n/a", "na", "n.a.", "null", "nan", "none", "#n/a", "k.a."]);
/** In a wide file an empty cell, or one that says "n/a", is a period without a value. */
const isMissing = (cell: Cell | undefined) =>
  cell === undefined ||
  (typeof cell === "string" && MISSING.has(cell.trim().toLowerCase())) ||
  (typeof cell === "object" && cell.error === "#N/A");

function fromTarget(target: string): { metric: MetricDefinition | null; period: PeriodValue | null } {
  if (target.startsWith("metric:")) return { metric: findMetric(target.slice(7)), period: null };
  const [start = "", grain = "month"] = target.slice(7).split("/");
  return { metric: null, period: { start, grain: grain === "day" || grain === "quarter" ? grain : "month" } };
}

function readMetric(cell: Cell): Read<MetricDefinition> {
  const name = cellText(cell).trim();
  const definition = findMetricByName(name) ?? findMetric(name);
  if (!definition) return { code: "UNKNOWN_METRIC", message: `"${short(name)}" is no metric of the dictionary` };
  if (definition.origin === "computed")
    return {
      code: "COMPUTED_METRIC",
      message: `${definition.name} is computed here from other data, so it is not imported`,
    };
  return { value: definition };
}

function readBasis(row: Row, fallback: string): string | null {
  const text = row.text("basis");
  if (text === null) return row.rejects.length === 0 || !row.has("basis") ? fallback : null;
  return (
    BASIS_WORDS.get(plainName(text)) ??
    row.reject("basis", "UNKNOWN_CHOICE", `"${short(text)}" is none of actual, plan, forecast`)
  );
}

function readMetricValue(
  cell: Cell,
  metric: MetricDefinition,
  currency: string | null,
  context: CellContext,
): Read<{ value: string; currency: string | null }> {
  const read = metric.unit === "money" ? metricMoney(cell, currency, context) : metricNumber(cell, metric, context);
  if (!isFailed(read) && !metric.signed && read.value.value.startsWith("-"))
    return { code: "NEGATIVE_VALUE", message: `${metric.name} cannot be below zero` };
  return read;
}

function metricMoney(
  cell: Cell,
  currency: string | null,
  context: CellContext,
): Read<{ value: string; currency: string | null }> {
  const read = readAmount(cell, currency, context);
  if (isFailed(read)) return read;
  if (/\.\d{10}\d*[1-9]/.test(read.value.decimal))
    return { code: "TOO_MANY_DECIMALS", message: "More than ten decimals; round it in the source" };
  return { value: { value: read.value.decimal, currency: read.value.currency } };
}

function metricNumber(
  cell: Cell,
  metric: MetricDefinition,
  context: CellContext,
): Read<{ value: string; currency: string | null }> {
  const read = readNumber(cell, context, metric.unit === "ratio");
  return isFailed(read) ? read : { value: { value: read.value, currency: null } };
}
