import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { DriverNode } from "../../schema";
import type { FactKey, StoredLeaf, StoredNode } from "../../schema/driver-tree";
import { isStoredLeaf, leavesOf } from "./driver-edits";
import { type DriverFrame, driverFigure } from "./driver-facts";

export type KeptTree = {
  readonly frame: DriverFrame;
  readonly version: number;
  readonly tree: StoredNode;
  readonly facts: ReadonlyMap<FactKey, Figure>;
  readonly treeSource: FigureSource;
};

export type LeafState = {
  readonly leaf: StoredLeaf;
  readonly figure: Figure;
  /** Growth per month, where an analyst set one. */
  readonly growth: Figure | null;
};

/** A number that nobody gave a unit: a small one is a rate, a large one is money or a count. */
const guessed = (value: string): Unit => (new Exact(value).abs().lt(1) ? "ratio" : "count");

/** Each leaf with the value it stands for: what an analyst said, or the fact as it is now. */
export function leafStates({ frame, version, tree, facts, treeSource }: KeptTree): LeafState[] {
  return leavesOf(tree).map((leaf) => {
    const { id, label, value, monthlyGrowth, fact } = leaf;
    const stored = fact ? facts.get(fact) : undefined;
    const inputs: Record<string, FigureInput> = { tree: { value: version }, driver: { value: id } };
    const said = (part: string, unit: Unit, words: string, number: string | null) =>
      driverFigure(frame, {
        ...{ part, unit, inputs, label: words, sources: [treeSource] },
        measure: number === null ? unknown("no-data") : { value: new Exact(number) },
        formula: number === null ? "not stored, and nobody has said it" : "as an analyst set it in the driver tree",
      });
    const unit = stored?.unit ?? (value === null ? "count" : guessed(value));
    const figure = value === null && stored ? stored : said("given", unit, label, value);
    const growth = monthlyGrowth === null ? null : said("growth", "ratio", `${label}: growth per month`, monthlyGrowth);
    return { leaf, figure, growth };
  });
}

/** Values by the id of the leaf. */
export type Values = ReadonlyMap<string, string>;

/** The tree as the sensitivity computes it. */
export function computable(node: StoredNode, values: Values): DriverNode {
  const { id, label } = node;
  if (isStoredLeaf(node)) {
    const { monthlyGrowth } = node;
    return { id, label, value: values.get(id) ?? "0", ...(monthlyGrowth === null ? {} : { monthlyGrowth }) };
  }
  if (node.operation !== "stock") {
    return { id, label, operation: node.operation, children: node.children.map((child) => computable(child, values)) };
  }
  const part = (child: StoredNode | null) => (child ? computable(child, values) : undefined);
  const [inflow, growthRate, lossRate] = [part(node.inflow), part(node.growthRate), part(node.lossRate)];
  return {
    ...{ id, label, operation: "stock" as const, opening: values.get(node.opening.id) ?? "0" },
    ...(inflow ? { inflow } : {}),
    ...(growthRate ? { growthRate } : {}),
    ...(lossRate ? { lossRate } : {}),
  };
}

/** What the tree says of the month that is reported: stocks as they stand, everything else as given. Null: over zero. */
export function standing(node: StoredNode, values: Values): Exact | null {
  if (isStoredLeaf(node)) return new Exact(values.get(node.id) ?? 0);
  if (node.operation === "stock") return new Exact(values.get(node.opening.id) ?? 0);
  const { operation } = node;
  return node.children
    .map((child) => standing(child, values))
    .reduce((left, right) => {
      if (left === null || right === null) return null;
      if (operation === "sum") return left.plus(right);
      if (operation === "product") return left.times(right);
      if (operation === "difference") return left.minus(right);
      return right.isZero() ? null : left.div(right);
    });
}

/** The ids of what can be changed: every leaf but what a stock starts from. */
export function driverIds(node: DriverNode): string[] {
  if ("value" in node) return [node.id];
  const below = node.operation === "stock" ? [node.inflow, node.growthRate, node.lossRate] : node.children;
  return below.flatMap((child) => (child ? driverIds(child) : []));
}
