import type { Figure, FigureSource } from "@/lib/figures/schema";
import { type Measure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import { driverFigure, inputOf, measured } from "./driver-facts";
import { type Cells, HORIZONS, type HorizonSheet, horizonSheet, type Proceeds, treeFigure } from "./driver-horizon";
import { computable, type KeptTree, type LeafState, leafStates, standing } from "./driver-leaves";
import { projectTree, treeProblems } from "./driver-tree";

export type SheetFacts = KeptTree & {
  /** Revenue of the last complete month. */
  readonly reported: Figure;
  readonly valuation: Figure | null;
  readonly proceeds: Proceeds;
  readonly capTableSources: readonly FigureSource[];
};

export type DriverSheet = {
  readonly leaves: readonly LeafState[];
  /** The tree has a value for each driver, but divides by one that is zero. */
  readonly zeroDivisor: boolean;
  readonly now: Figure;
  readonly reported: Figure;
  readonly gap: Figure;
  readonly gapShare: Figure;
  readonly multiple: Figure;
  readonly horizons: readonly HorizonSheet[];
};

const LONGEST = 24;

/** How far the tree is from what was reported, as an amount and as a part of it. */
function reconciled(facts: SheetFacts, leaves: readonly LeafState[], now: Figure) {
  const { frame, version, treeSource, reported } = facts;
  const [told, computed] = [measured(reported), measured(now)];
  const both = told.value && computed.value ? { told: told.value, off: told.value.minus(computed.value) } : null;
  const because = told.value === null ? told : computed;
  const gap = treeFigure(
    facts,
    leaves,
    {
      ...{ part: "gap", label: "Reported revenue that the tree does not explain" },
      measure: both ? { value: both.off } : because,
      formula: "reported revenue of the last month − revenue of a month by the tree",
    },
    { inputs: { now: inputOf(now), reported: inputOf(reported) } },
  );
  const share: Measure = both?.told.isZero()
    ? unknown("zero-denominator")
    : both
      ? { value: both.off.div(both.told) }
      : because;
  const gapShare = driverFigure(frame, {
    ...{ part: "gap-share", label: "Part of reported revenue that the tree does not explain", unit: "ratio" },
    ...{ measure: share, formula: "what the tree does not explain ÷ reported revenue", sources: [treeSource] },
    inputs: { tree: { value: version }, gap: inputOf(gap), reported: inputOf(reported) },
  });
  return { gap, gapShare };
}

/** The stored valuation over yearly revenue at today's rate: what is kept when revenue moves. */
function multipleOf({ frame, version, treeSource, valuation }: SheetFacts, now: Figure): Figure {
  const [worth, month] = [measured(valuation), measured(now)];
  const missing = worth.value === null ? worth : month.value === null ? month : null;
  const yearly = new Exact(month.value ?? 0).times(12);
  const ratio = yearly.gt(0) ? { value: new Exact(worth.value ?? 0).div(yearly) } : unknown("zero-denominator");
  return driverFigure(frame, {
    ...{ part: "multiple", label: "Valuation ÷ yearly revenue at today's rate", unit: "multiple" },
    measure: missing ?? ratio,
    formula: "stored valuation ÷ (12 × revenue of a month by the tree)",
    inputs: { tree: { value: version }, now: inputOf(now), ...(valuation ? { valuation: inputOf(valuation) } : {}) },
    sources: [treeSource],
  });
}

/**
 * What the tree says: revenue of a month against what was reported; revenue, valuation and the group's proceeds in
 * twelve and twenty-four months; and what each driver moves of them, a tenth up and down, one at a time.
 */
export function driverSheet(facts: SheetFacts): DriverSheet {
  const { tree, reported, proceeds, capTableSources } = facts;
  const leaves = leafStates(facts);
  const missing = leaves.find(({ figure }) => figure.value === null);
  const values = new Map(leaves.map(({ leaf, figure }) => [leaf.id, figure.value ?? "0"]));
  const drivers = computable(tree, values);
  const whole = !missing && treeProblems(drivers).length === 0;
  const base = whole && projectTree(drivers, LONGEST, new Map()) ? standing(tree, values) : null;
  const reason = missing ? "missing-driver" : "zero-denominator";
  const now = treeFigure(facts, leaves, {
    ...{ part: "now", label: "Revenue of a month by the tree", measure: base ? { value: base } : unknown(reason) },
    formula: "the tree with stocks as they stand and every other driver as it is",
  });
  const multiple = multipleOf(facts, now);
  const around = { kept: facts, leaves, drivers, multiple, proceeds, capTableSources };
  const horizons = base ? HORIZONS.flatMap((months) => horizonSheet({ ...around, months }) ?? []) : [];
  const zeroDivisor = !missing && base === null;
  return { leaves, zeroDivisor, now, reported, ...reconciled(facts, leaves, now), multiple, horizons };
}

const both = ({ up, down }: Cells): Figure[] => [up, down];

/** Every figure of the sheet, what others rest on first. */
export function sheetFigures(sheet: DriverSheet): Figure[] {
  const { leaves, now, reported, gap, gapShare, multiple, horizons } = sheet;
  return [
    ...leaves.flatMap(({ figure, growth }) => [figure, ...(growth ? [growth] : [])]),
    ...[reported, now, gap, gapShare, multiple],
    ...horizons.flatMap(({ revenue, valuation, proceeds, flat, rows }) => [
      ...[revenue, valuation, proceeds, ...(flat ? [flat.from, ...(flat.to ? [flat.to] : [])] : [])],
      ...rows.flatMap((row) => [
        ...[...both(row.revenue), ...both(row.valuation), ...both(row.proceeds)],
        ...row.path.flatMap(({ base, shocked }) => [base, shocked]),
      ]),
    ]),
  ];
}
