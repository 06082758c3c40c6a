import Fraction from "fraction.js";
import type { CapTable } from "@/lib/cap-table/rules/positions";
import { outcomeOf } from "@/lib/distribution/rules/equilibrium";
import { positive, rational, sum, ZERO } from "@/lib/distribution/rules/exact";
import { readEngine } from "@/lib/distribution/rules/waterfall";
import type { ShareClass } from "@/lib/distribution/schema";
import { known, type Measure, mapMeasure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";

export const ENDS = ["low", "central", "high"] as const;
export type End = (typeof ENDS)[number];
/** Net proceeds at the low end, the middle and the high end of a valuation. */
export type AtEnds = Readonly<Record<End, Measure>>;
export type HolderLine = { id: string; name: string; at: AtEnds };

const exact = (value: Fraction): Exact => new Exact((value.s * value.n).toString()).div(value.d.toString());

/** By holder what part of each class is theirs: of stock by shares, of single securities all, with a SAFE its discount. */
export function partsByHolder(table: CapTable, classes: readonly ShareClass[]): Map<string, Fraction[]> {
  const places = new Map(classes.map(({ id }, index) => [id, index]));
  const held = new Map<string, Fraction[]>();
  for (const { id, kind, classId, holderId, outstanding } of table.securities) {
    const own = held.get(holderId) ?? classes.map(() => ZERO);
    const named = kind === "stock" ? [classId ?? ""] : [id, `${id}:discount`];
    for (const place of named.flatMap((name) => places.get(name) ?? [])) {
      own[place] = (own[place] ?? ZERO).add(outstanding);
      held.set(holderId, own);
    }
  }
  const all = classes.map((_, index) => sum([...held.values()].map((own) => own[index] ?? ZERO)));
  const part = (own: Fraction, index: number) => (positive(all[index] ?? ZERO) ? own.div(all[index] ?? ZERO) : ZERO);
  return new Map([...held].map(([holder, own]) => [holder, own.map(part)]));
}

/** Of each class the part that these holders have together. */
export function partsOf(table: CapTable, classes: readonly ShareClass[], holders: ReadonlySet<string>): Fraction[] {
  const held = partsByHolder(table, classes);
  return classes.map((_, index) => sum([...holders].map((id) => held.get(id)?.[index] ?? ZERO)));
}

/**
 * What each holder receives of equity proceeds in the waterfall, the one with most in the middle first. Exact, not rounded
 * to the minor unit: an estimate, not a payment. Empty where the classes contradict each other.
 */
export function holderProceeds(table: CapTable, classes: readonly ShareClass[], proceeds: AtEnds): HolderLine[] {
  const engine = readEngine(classes, undefined);
  if (!engine.ok) return [];
  const takesAt = (end: End): Fraction[] | null => {
    const amount = proceeds[end].value;
    if (amount === null || amount.lt(0)) return null;
    return outcomeOf(engine.value, rational(amount.toFixed(6))).takes.map(({ total }) => total);
  };
  const takes = { low: takesAt("low"), central: takesAt("central"), high: takesAt("high") };
  const received = (parts: readonly Fraction[], end: End): Measure => {
    const at = takes[end];
    if (!at) return proceeds[end].value === null ? proceeds[end] : unknown("negative-equity");
    return known(exact(sum(at.map((total, index) => total.mul(parts[index] ?? ZERO)))));
  };
  const lines = [...partsByHolder(table, classes)].map(([id, parts]): HolderLine => {
    const at = { low: received(parts, "low"), central: received(parts, "central"), high: received(parts, "high") };
    return { id, name: table.holders.get(id) ?? id, at };
  });
  const most = ({ at }: HolderLine) => at.central.value ?? at.high.value ?? new Exact(0);
  return lines.toSorted((a, b) => most(b).comparedTo(most(a)) || (a.name < b.name ? -1 : 1));
}

/** What the group receives of proceeds by its parts of the classes ("1/3"), for a preview; unknown without them. */
export function groupOf(classes: readonly ShareClass[], parts: readonly string[], proceeds: Measure): Measure {
  return mapMeasure(proceeds, (amount) => {
    const engine = readEngine(classes, undefined);
    if (!engine.ok || amount.lt(0)) return unknown(engine.ok ? "negative-equity" : "contradiction");
    const { takes } = outcomeOf(engine.value, rational(amount.toFixed(6)));
    return known(exact(sum(takes.map(({ total }, index) => total.mul(new Fraction(parts[index] ?? "0"))))));
  });
}

/** What these holders receive together; nothing where none of them holds anything. */
export function together(lines: readonly HolderLine[], holders: ReadonlySet<string>): AtEnds {
  const own = lines.filter(({ id }) => holders.has(id));
  const total = (end: End): Measure =>
    own.reduce<Measure>(
      (all, { at }) => mapMeasure(all, (so) => mapMeasure(at[end], (more) => known(so.plus(more)))),
      known(0),
    );
  return { low: total("low"), central: total("central"), high: total("high") };
}

/** The rest of a long list is one line, so that the lines still add up to everything. */
export function shortened(lines: readonly HolderLine[], most: number): HolderLine[] {
  if (lines.length <= most) return [...lines];
  const rest = lines.slice(most - 1);
  const at = together(rest, new Set(rest.map(({ id }) => id)));
  return [...lines.slice(0, most - 1), { id: "others", name: `${rest.length} other holders`, at }];
}
