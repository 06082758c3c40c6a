import type { Decimal } from "decimal.js";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { type Measure, unknown } from "@/lib/metrics/rules/measure";
import { Exact, minorDigits } from "@/lib/money";
import type { DriverNode, DriverSensitivity } from "../../schema";
import { nodesOf } from "./driver-edits";
import { driverFigure, inputOf } from "./driver-facts";
import { driverIds, type KeptTree, type LeafState } from "./driver-leaves";
import type { FlatZone, GroupProceeds } from "./driver-proceeds";
import { driverSensitivity } from "./driver-tree";

export const HORIZONS = [12, 24] as const;
export type Horizon = (typeof HORIZONS)[number];
/** One driver at a time, a tenth of itself. */
const SHOCKS = { up: "0.1", down: "-0.1" } as const;
export type Direction = keyof typeof SHOCKS;
export type Cells = Readonly<Record<Direction, Figure>>;

export type Step = { readonly id: string; readonly label: string; readonly operation: string } & {
  readonly base: Figure;
  readonly shocked: Figure;
};
export type DriverRow = {
  readonly id: string;
  readonly label: string;
  readonly revenue: Cells;
  readonly valuation: Cells;
  readonly proceeds: Cells;
  /** From the driver up to revenue, in the last month. */
  readonly path: readonly Step[];
};
export type HorizonSheet = {
  readonly months: Horizon;
  readonly revenue: Figure;
  readonly valuation: Figure;
  readonly proceeds: Figure;
  /** Where the group's proceeds do not move with the valuation; null where they do or are not known. */
  readonly flat: { readonly from: Figure; readonly to: Figure | null } | null;
  readonly rows: readonly DriverRow[];
};

/** Null with a reason: nobody said who the group is, the charter is silent, there is no cap table. */
export type Proceeds = { readonly of: GroupProceeds } | { readonly of: null; readonly reason: string };

export type Around = {
  readonly kept: KeptTree;
  readonly leaves: readonly LeafState[];
  readonly drivers: DriverNode;
  readonly months: Horizon;
  readonly multiple: Figure;
  readonly proceeds: Proceeds;
  readonly capTableSources: readonly FigureSource[];
};

type Draft = { part: string; label: string; measure: Measure; formula: string; unit?: Unit };
type More = { inputs?: Record<string, FigureInput>; sources?: readonly FigureSource[] };

/** A figure over the whole tree: it rests on its version and on every leaf. */
export function treeFigure(
  { frame, version, treeSource }: KeptTree,
  leaves: readonly LeafState[],
  draft: Draft,
  more: More = {},
): Figure {
  const used = Object.fromEntries(leaves.map(({ leaf, figure }) => [`leaf-${leaf.id}`, inputOf(figure)]));
  return driverFigure(frame, {
    ...{ unit: frame.currency, ...draft },
    inputs: { tree: { value: version, label: "version of the tree" }, ...used, ...more.inputs },
    sources: [treeSource, ...(more.sources ?? [])],
  });
}

const money = (value: Decimal.Value, currency: string): Measure => ({
  value: new Exact(value).toDecimalPlaces(minorDigits(currency)),
});

const unvalued = ({ multiple }: Around): Measure => unknown(multiple.reason ?? "no-data");

/** The group's part of a valuation; one below zero has no waterfall. */
function groupPart(around: Around, valuation: Exact | null): Measure {
  if (around.proceeds.of === null) return unknown(around.proceeds.reason);
  if (valuation === null) return unvalued(around);
  if (valuation.lt(0)) return unknown("negative-base");
  return money(around.proceeds.of.at(valuation), around.kept.frame.currency);
}

type Sums = Readonly<Record<Direction, DriverSensitivity>>;

function sumsOf({ drivers, months, multiple }: Around): Sums | null {
  const valued = multiple.value === null ? {} : { valuationMultiple: multiple.value };
  const [up, down] = [SHOCKS.up, SHOCKS.down].map((shock) => {
    const shocks = Object.fromEntries(driverIds(drivers).map((id) => [id, shock]));
    return driverSensitivity({ drivers, horizonMonths: months, shocks, ...valued });
  });
  return up?.ok && down?.ok ? { up: up.value, down: down.value } : null;
}

type Part = "revenue" | "valuation" | "proceeds";
const WORDS: Readonly<Record<Part, string>> = {
  revenue: "revenue",
  valuation: "the valuation",
  proceeds: "the group's proceeds",
};
const RULES: Readonly<Record<Part, string>> = {
  revenue: "Σ revenue of the months ahead with the driver changed − Σ with it as it is",
  valuation: "revenue of the last month × 12 × multiple, with the driver changed − with it as it is",
  proceeds: "the group's part of the waterfall of the valuation, with the driver changed − with it as it is",
};

function changes(around: Around, sums: Sums, id: string): Readonly<Record<Part, (direction: Direction) => Measure>> {
  const { currency } = around.kept.frame;
  const row = (direction: Direction) => sums[direction].drivers.find((driver) => driver.id === id);
  const base = sums.up.valuation ? new Exact(sums.up.valuation.base) : null;
  const standing = groupPart(around, base);
  return {
    revenue: (direction) => money(row(direction)?.revenueDelta ?? 0, currency),
    valuation: (direction) => {
      const delta = row(direction)?.valuationDelta ?? null;
      return delta === null ? unvalued(around) : money(delta, currency);
    },
    proceeds: (direction) => {
      const delta = row(direction)?.valuationDelta ?? null;
      if (standing.value === null) return standing;
      if (delta === null || base === null) return unvalued(around);
      const moved = groupPart(around, base.plus(delta));
      return moved.value === null ? moved : { value: moved.value.minus(standing.value) };
    },
  };
}

function rowOf(around: Around, sums: Sums, id: string): DriverRow {
  const { kept, leaves, months, multiple, capTableSources } = around;
  const label = leaves.find(({ leaf }) => leaf.id === id)?.leaf.label ?? id;
  const measures = changes(around, sums, id);
  const cells = (part: Part): Cells => {
    const one = (direction: Direction) =>
      treeFigure(
        kept,
        leaves,
        {
          ...{ part: `${part}-change`, measure: measures[part](direction), formula: RULES[part] },
          label: `Change of ${WORDS[part]} in ${months} months, ${label} a tenth ${direction === "up" ? "higher" : "lower"}`,
        },
        {
          inputs: {
            ...{ driver: { value: id }, months: { value: months }, shock: { value: SHOCKS[direction] } },
            ...(part === "revenue" ? {} : { multiple: inputOf(multiple) }),
          },
          ...(part === "proceeds" ? { sources: capTableSources } : {}),
        },
      );
    return { up: one("up"), down: one("down") };
  };
  const path = pathOf(around, sums.up, id);
  return { id, label, revenue: cells("revenue"), valuation: cells("valuation"), proceeds: cells("proceeds"), path };
}

function pathOf({ kept, leaves, months }: Around, up: DriverSensitivity, driver: string): Step[] {
  const labels = new Map(nodesOf(kept.tree).map(({ id, label }) => [id, label]));
  const units = new Map(leaves.map(({ leaf, figure }) => [leaf.id, figure.unit]));
  units.set(kept.tree.id, kept.frame.currency);
  const steps = up.drivers.find((one) => one.id === driver)?.path ?? [];
  return steps.map(({ id, operation, base, shocked }) => {
    const label = labels.get(id) ?? id;
    const unit = units.get(id) ?? (Math.abs(base) < 1 ? "ratio" : "count");
    const step = (value: number, shock: string, words: string) =>
      treeFigure(
        kept,
        leaves,
        {
          ...{ part: "step", unit, label: `${label} in month ${months}${words}` },
          measure: { value: new Exact(value).toSignificantDigits(12) },
          formula: "the driver tree, month by month",
        },
        {
          inputs: {
            node: { value: id },
            driver: { value: driver },
            months: { value: months },
            shock: { value: shock },
          },
        },
      );
    const words = ", the driver a tenth higher";
    return { id, label, operation, base: step(base, "0", ""), shocked: step(shocked, SHOCKS.up, words) };
  });
}

function zoneFigures({ kept, leaves, months, capTableSources }: Around, { from, to }: FlatZone) {
  const end = (value: Exact, part: "flat-from" | "flat-to") =>
    treeFigure(
      kept,
      leaves,
      {
        ...{ part, measure: money(value, kept.frame.currency) },
        label: part === "flat-from" ? "The group's part stands still from" : "The group's part stands still up to",
        formula: "the breakpoint of the waterfall around which the group takes nothing of a further unit",
      },
      { inputs: { months: { value: months } }, sources: capTableSources },
    );
  return { from: end(from, "flat-from"), to: to ? end(to, "flat-to") : null };
}

/** Revenue, valuation and the group's proceeds some months ahead, and what each driver moves; null over a zero divisor. */
export function horizonSheet(around: Around): HorizonSheet | null {
  const sums = sumsOf(around);
  if (!sums) return null;
  const { kept, leaves, months, multiple, proceeds, capTableSources } = around;
  const { currency } = kept.frame;
  const inputs = { months: { value: months, label: "months ahead" } };
  const base = sums.up.valuation ? new Exact(sums.up.valuation.base) : null;
  const make = (draft: Draft, more: More = {}) =>
    treeFigure(kept, leaves, draft, { ...more, inputs: { ...inputs, ...more.inputs } });
  const revenue = make({
    ...{
      part: "revenue",
      label: `Revenue of the next ${months} months`,
      measure: money(sums.up.revenue.base, currency),
    },
    formula: "Σ of the tree over the months ahead",
  });
  const valuation = make(
    {
      ...{
        part: "valuation",
        label: `Valuation in ${months} months`,
        formula: "revenue of the last month × 12 × multiple",
      },
      measure: base ? money(base, currency) : unvalued(around),
    },
    { inputs: { multiple: inputOf(multiple) } },
  );
  const own = make(
    {
      ...{ part: "proceeds", label: `The group's proceeds in ${months} months`, measure: groupPart(around, base) },
      formula: "the group's part of the waterfall of the valuation as equity proceeds, without transaction costs",
    },
    { inputs: { valuation: inputOf(valuation) }, sources: capTableSources },
  );
  const zone = proceeds.of && base?.gte(0) ? proceeds.of.flatAround(base) : null;
  const rows = sums.up.drivers.map(({ id }) => rowOf(around, sums, id));
  return { months, revenue, valuation, proceeds: own, flat: zone && zoneFigures(around, zone), rows };
}
