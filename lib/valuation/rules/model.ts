import type { FieldProblem } from "@/lib/errors";
import type { SimulationModel, Term } from "../schema/simulation";
import { type Column, compileExpression } from "./expression";

/** The result of one draw; not a finite number where the draw cannot be. */
export type Model = { of: Column; uses: ReadonlySet<string> };

type Read = (term: Term, path: string) => Column;
type DcfModel = Extract<SimulationModel, { kind: "dcf" }>;

function flowsOf(given: DcfModel["freeCashFlows"], read: Read): Column[] {
  if (Array.isArray(given)) return given.map((term, index) => read(term, `model.freeCashFlows[${index}]`));
  const base = read(given.base, "model.freeCashFlows.base");
  const growth = read(given.growth, "model.freeCashFlows.growth");
  return Array.from(
    { length: given.years },
    (_, year) => (draw: number) => base(draw) * (1 + growth(draw)) ** (year + 1),
  );
}

/** The same rule as `discountedCashFlow`, in floating point: a draw whose growth reaches its rate has no value. */
function dcfColumn(model: DcfModel, read: Read): Column {
  const flows = flowsOf(model.freeCashFlows, read);
  const rate = read(model.discountRate, "model.discountRate");
  const early = model.timing === "mid" ? 0.5 : 0;
  const { terminal } = model;
  const growth = terminal.growth === undefined ? null : read(terminal.growth, "model.terminal.growth");
  const multiple = read(terminal.multiple ?? 0, "model.terminal.multiple");
  const metric = terminal.metric === undefined ? null : read(terminal.metric, "model.terminal.metric");
  const netDebt = read(model.netDebt ?? 0, "model.netDebt");
  return (draw) => {
    const r = rate(draw);
    if (r <= -1) return Number.NaN;
    let total = -netDebt(draw);
    let last = 0;
    let discount = (1 + r) ** -(1 - early);
    for (const flow of flows) {
      last = flow(draw);
      total += last * discount;
      discount /= 1 + r;
    }
    const factor = (1 + r) ** -flows.length;
    if (!growth) {
      const counted = metric ? metric(draw) : last;
      return counted < 0 ? Number.NaN : total + counted * multiple(draw) * factor;
    }
    const g = growth(draw);
    if (g >= r) return Number.NaN;
    return total + ((last * (1 + g)) / (r - g)) * factor * (1 + r) ** early;
  };
}

function columnOf(model: SimulationModel, read: Read): Column {
  if (typeof model === "string") return read(model, "model");
  if (model.kind === "dcf") return dcfColumn(model, read);
  if (model.kind === "multiple") {
    const metric = read(model.metric, "model.metric");
    const multiple = read(model.multiple, "model.multiple");
    const netDebt = read(model.netDebt ?? 0, "model.netDebt");
    return (draw) => (metric(draw) > 0 ? metric(draw) * multiple(draw) - netDebt(draw) : Number.NaN);
  }
  const value = read(model.expression, "model.expression");
  if (model.rejectWhen === undefined) return value;
  const rejected = read(model.rejectWhen, "model.rejectWhen");
  return (draw) => (rejected(draw) === 0 ? value(draw) : Number.NaN);
}

/** The model over the drawn drivers; each term that cannot be read is a problem at its path. */
export function compileModel(
  model: SimulationModel,
  columns: ReadonlyMap<string, Float64Array>,
): { model: Model; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const uses = new Set<string>();
  const read: Read = (term, path) => {
    const compiled = compileExpression(term, columns);
    if (!compiled.ok) {
      problems.push({ path, expected: compiled.expected });
      return () => Number.NaN;
    }
    for (const name of compiled.uses) uses.add(name);
    return compiled.of;
  };
  const of = columnOf(model, read);
  return { model: { of, uses }, problems };
}
