import type { Decimal } from "decimal.js";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { Exact } from "@/lib/money";
import type { DriverLeaf, DriverNode, DriverSensitivity, DriverSensitivityInput } from "../../schema";

const ZERO = new Exact(0);
const DEFAULT_SHOCK = new Exact("0.1");

const isLeaf = (node: DriverNode): node is DriverLeaf => "value" in node;

export function childrenOf(node: DriverNode): DriverNode[] {
  if (isLeaf(node)) return [];
  if (node.operation !== "stock") return node.children;
  return [node.inflow, node.growthRate, node.lossRate].filter((part) => part !== undefined);
}

function* walk(node: DriverNode, path: string): Generator<{ node: DriverNode; path: string }> {
  yield { node, path };
  for (const [index, child] of childrenOf(node).entries()) yield* walk(child, `${path}.children[${index}]`);
}

/** Names used twice and divisions by a driver that is zero; empty when the tree can be computed. */
export function treeProblems(root: DriverNode): FieldProblem[] {
  const seen = new Set<string>();
  const problems: FieldProblem[] = [];
  for (const { node, path } of walk(root, "drivers")) {
    if (seen.has(node.id))
      problems.push({ path: `${path}.id`, expected: `a name used once; "${node.id}" is used twice` });
    seen.add(node.id);
    if (!isLeaf(node) && node.operation === "quotient" && node.children.length !== 2) {
      problems.push({ path: `${path}.children`, expected: "exactly two drivers: dividend and divisor" });
    }
  }
  return problems;
}

type Month = ReadonlyMap<string, Decimal>;

/** The value of every node in every month 1…`months`; a quotient by zero makes the answer null. */
export function projectTree(root: DriverNode, months: number, scale: ReadonlyMap<string, Decimal>): Month[] | null {
  const stocks = new Map<string, Decimal>();
  const projected: Month[] = [];
  for (let month = 1; month <= months; month++) {
    const values = new Map<string, Decimal>();
    if (evaluate(root, month, scale, stocks, values) === null) return null;
    projected.push(values);
  }
  return projected;
}

function evaluate(
  node: DriverNode,
  month: number,
  scale: ReadonlyMap<string, Decimal>,
  stocks: Map<string, Decimal>,
  values: Map<string, Decimal>,
): Decimal | null {
  const below = (child: DriverNode) => evaluate(child, month, scale, stocks, values);
  const value = isLeaf(node) ? leafValue(node, month, scale) : branchValue(node, below, stocks);
  if (value !== null) values.set(node.id, value);
  return value;
}

function leafValue(leaf: DriverLeaf, month: number, scale: ReadonlyMap<string, Decimal>): Decimal {
  const growth = new Exact(1).plus(leaf.monthlyGrowth ?? 0).pow(month - 1);
  return new Exact(leaf.value).times(scale.get(leaf.id) ?? 1).times(growth);
}

function branchValue(
  node: Exclude<DriverNode, DriverLeaf>,
  below: (child: DriverNode) => Decimal | null,
  stocks: Map<string, Decimal>,
): Decimal | null {
  if (node.operation === "stock") {
    const part = (child: DriverNode | undefined) => (child ? below(child) : ZERO);
    const [inflow, growth, loss] = [part(node.inflow), part(node.growthRate), part(node.lossRate)];
    if (inflow === null || growth === null || loss === null) return null;
    const before = stocks.get(node.id) ?? new Exact(node.opening);
    const after = before.times(new Exact(1).plus(growth).minus(loss)).plus(inflow);
    stocks.set(node.id, after);
    return after;
  }
  const parts = node.children.map(below);
  return parts.reduce(
    (left, right, index) => {
      if (left === null || right === null) return null;
      if (index === 0) return right;
      if (node.operation === "sum") return left.plus(right);
      if (node.operation === "product") return left.times(right);
      if (node.operation === "difference") return left.minus(right);
      return right.isZero() ? null : left.div(right);
    },
    ZERO as Decimal | null,
  );
}

function pathTo(root: DriverNode, id: string): DriverNode[] | null {
  if (root.id === id) return [root];
  for (const child of childrenOf(root)) {
    const found = pathTo(child, id);
    if (found) return [...found, root];
  }
  return null;
}

/** Rounded once, at the very end, to the seventeen digits that a JSON number carries. */
const out = (value: Decimal) => value.toNumber();
const operationOf = (node: DriverNode) => (isLeaf(node) ? "driver" : node.operation);
const rootValues = (root: DriverNode, months: readonly Month[]) => months.map((month) => month.get(root.id) ?? ZERO);
const total = (values: readonly Decimal[]) => values.reduce((sum, value) => sum.plus(value), ZERO as Decimal);

type Base = { months: readonly Month[]; revenue: Decimal; valuation: Decimal | null; multiple: Decimal | null };

/** Annualised revenue of the last month × multiple. */
function valuationOf(values: readonly Decimal[], multiple: Decimal | null): Decimal | null {
  return multiple === null ? null : (values.at(-1) ?? ZERO).times(12).times(multiple);
}

function shocked(input: DriverSensitivityInput, leaf: DriverLeaf, base: Base) {
  const shock = new Exact(input.shocks?.[leaf.id] ?? DEFAULT_SHOCK);
  const months = projectTree(input.drivers, input.horizonMonths, new Map([[leaf.id, new Exact(1).plus(shock)]]));
  if (months === null) return null;
  const values = rootValues(input.drivers, months);
  const delta = total(values).minus(base.revenue);
  const valuation = valuationOf(values, base.multiple);
  const last = (set: readonly Month[], id: string) => set.at(-1)?.get(id) ?? ZERO;
  return {
    size: delta.abs(),
    row: {
      id: leaf.id,
      label: leaf.label ?? leaf.id,
      value: out(new Exact(leaf.value)),
      shock: out(shock),
      revenueDelta: out(delta),
      revenueElasticity: base.revenue.isZero() || shock.isZero() ? null : out(delta.div(base.revenue).div(shock)),
      valuationDelta: valuation && base.valuation ? out(valuation.minus(base.valuation)) : null,
      path: (pathTo(input.drivers, leaf.id) ?? []).map((node) => ({
        id: node.id,
        operation: operationOf(node),
        base: out(last(base.months, node.id)),
        shocked: out(last(months, node.id)),
      })),
    },
  };
}

/**
 * How much revenue over the horizon, and the valuation at its end, move when one driver at a time changes by its shock
 * (relative; 0.1 is +10 %). Month 1 is the coming month, with the values as given; a leaf grows by `monthlyGrowth` from
 * month 2 on; a stock is its value of the month before × (1 + growth rate − loss rate) + inflow.
 * Ranked by the size of the change of revenue. Refuses names used twice and divisions by zero.
 */
export function driverSensitivity(
  input: DriverSensitivityInput,
): Result<DriverSensitivity, "INVALID_INPUT" | "CONTRADICTION"> {
  const problems = treeProblems(input.drivers);
  if (problems.length > 0) return refuse("INVALID_INPUT", problems);
  const leaves = [...walk(input.drivers, "drivers")].map(({ node }) => node).filter(isLeaf);
  const strangers = Object.keys(input.shocks ?? {}).filter((id) => !leaves.some((leaf) => leaf.id === id));
  if (strangers.length > 0) {
    return refuse(
      "INVALID_INPUT",
      strangers.map((id) => ({ path: `shocks.${id}`, expected: "the id of a driver without drivers below it" })),
    );
  }
  const months = projectTree(input.drivers, input.horizonMonths, new Map());
  const zeroDivision = [{ path: "drivers", expected: "no division by a driver that is zero within the horizon" }];
  if (months === null) return refuse("CONTRADICTION", zeroDivision);
  const values = rootValues(input.drivers, months);
  const multiple = input.valuationMultiple === undefined ? null : new Exact(input.valuationMultiple);
  const base: Base = { months, revenue: total(values), valuation: valuationOf(values, multiple), multiple };
  const outcomes = leaves.map((leaf) => shocked(input, leaf, base));
  const complete = outcomes.filter((outcome) => outcome !== null);
  if (complete.length < outcomes.length) return refuse("CONTRADICTION", zeroDivision);
  const ranked = complete.sort((a, b) => b.size.comparedTo(a.size) || (a.row.id < b.row.id ? -1 : 1));
  return ok({
    revenue: { base: out(base.revenue), byMonth: values.map(out) },
    valuation: base.valuation ? { base: out(base.valuation) } : null,
    drivers: ranked.map(({ row }, index) => ({ ...row, rank: index + 1 })),
    reasons: {
      ...(base.valuation ? {} : { valuation: "no-valuation-multiple" }),
      ...(base.revenue.isZero() ? { revenueElasticity: "zero-denominator" } : {}),
    },
  });
}
