import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, Unit } from "@/lib/figures/schema";
import { Exact, fromMinor } from "@/lib/money";
import type { Week } from "./weeks";

/** Numbers that only a weekly report has: changes, counts, stakes and costs of the week, totals in dollars. */

const PREFIX = "reports.weekly.";
export const isWeeklyMethod = (method: string): boolean => method.startsWith(PREFIX);
export const weeklyPart = ({ method }: Pick<Figure, "method">): string =>
  method.replace(PREFIX, "").replace(/@\d+$/, "");

const isMoney = (unit: string): boolean => /^[A-Z]{3}$/.test(unit);
const isRelative = (unit: string): boolean => isMoney(unit) || unit === "count" || unit === "shares";

type Pair = { now: Figure; before: Figure };

function difference({ now, before }: Pair): { value: Exact } | { reason: string } {
  if (now.value === null || before.value === null) return { reason: "missing-input" };
  const [is, was] = [new Exact(now.value), new Exact(before.value)];
  if (isRelative(now.unit)) {
    if (was.isZero()) return { reason: "zero-denominator" };
    return was.isNegative() ? { reason: "negative-base" } : { value: is.div(was).minus(1) };
  }
  return { value: now.unit === "ratio" ? is.minus(was).times(100) : is.minus(was) };
}

const CHANGE_UNITS: Readonly<Record<string, Unit>> = { ratio: "index", percent: "index" };

/** Against the value before: money and counts in per cent of it, rates and shares in points, the rest in their own unit. */
export function changeFigure(now: Figure, before: Figure, revisionBefore?: number): Figure {
  const relative = isRelative(now.unit);
  const change = difference({ now, before });
  const points = CHANGE_UNITS[now.unit] !== undefined;
  return makeFigure({
    label: `${now.label}: change`,
    value: "value" in change ? change.value.toDecimalPlaces(12).toFixed() : null,
    ...("reason" in change ? { reason: change.reason } : {}),
    unit: relative ? "ratio" : (CHANGE_UNITS[now.unit] ?? now.unit),
    asOf: now.asOf,
    method: `${PREFIX}change@1`,
    formula: relative ? "value ÷ value before − 1" : points ? "(value − value before) × 100" : "value − value before",
    inputs: {
      now: { figure: now.id, label: now.label },
      before: {
        ...{ figure: before.id, label: `${before.label}, before` },
        ...(revisionBefore ? { revision: revisionBefore } : {}),
      },
    },
    sources: [],
  });
}

export type WeekScope = Pick<Week, "id" | "startsAt" | "endsAt" | "endsOn"> & { ventureId: string | null };

type Counted = { part: string; label: string; formula: string; value: number | string; unit?: Unit; of?: string };

/** How many, or how much, of something the records of the week hold. */
export function weekFigure(scope: WeekScope, { part, label, formula, value, unit = "count", of }: Counted): Figure {
  return makeFigure({
    ...{ label, value: `${value}`, unit, asOf: scope.endsOn, method: `${PREFIX}${part}@1`, formula },
    inputs: {
      scope: { value: scope.ventureId ?? "holding" },
      ...{ week: { value: scope.id }, from: { value: scope.startsAt }, to: { value: scope.endsAt } },
      ...(of ? { of: { value: of } } : {}),
    },
    sources: [{ kind: "given", by: "the house's own records of the week" }],
  });
}

type Stake = { memoId: string; version: number; title: string; minor: bigint; currency: string; day: string };

/** What a memo puts at stake, as its version says. */
export const stakeFigure = ({ memoId, version, title, minor, currency, day }: Stake): Figure =>
  makeFigure({
    ...{ label: `At stake: ${title}`, value: fromMinor(minor, currency).toFixed(), unit: currency, asOf: day },
    ...{ method: `${PREFIX}stake@1`, formula: "the amount that the memo names" },
    inputs: { memo: { value: memoId }, version: { value: version } },
    sources: [{ kind: "given", by: "the memo" }],
  });

type Price = { offerId: string; version: number; bidder: string; price: string; currency: string; day: string };

/** The headline of an offer, as it was written. */
export const priceFigure = ({ offerId, version, bidder, price, currency, day }: Price): Figure =>
  makeFigure({
    ...{ label: `${bidder}: price of the offer`, value: price, unit: currency, asOf: day },
    ...{ method: `${PREFIX}price@1`, formula: "the price that the offer names" },
    inputs: { offer: { value: offerId }, version: { value: version } },
    sources: [{ kind: "given", by: "the offer" }],
  });

type Target = { ventureId: string; points: number; day: string };
export const targetFigure = ({ ventureId, points, day }: Target): Figure =>
  makeFigure({
    ...{ label: "Exit readiness that the profile asks for", value: `${points}`, unit: "score" as const, asOf: day },
    ...{ method: `${PREFIX}target@1`, formula: "the profile's readiness target, or the chairman's own" },
    inputs: { venture: { value: ventureId }, points: { value: points } },
    sources: [{ kind: "given", by: "the venture's settings" }],
  });

type Release = { ventureId: string; trancheId: string; line: number; minor: bigint; currency: string; day: string };
export const releaseFigure = (label: string, { ventureId, trancheId, line, minor, currency, day }: Release): Figure =>
  makeFigure({
    ...{ label, value: fromMinor(minor, currency).toFixed(), unit: currency, asOf: day },
    ...{ method: `${PREFIX}release@1`, formula: "what the agreement plans for the day − what releases have covered" },
    inputs: {
      venture: { value: ventureId },
      tranche: { value: trancheId },
      line: { value: line },
      day: { value: day },
    },
    sources: [{ kind: "given", by: "the tranche's calendar of releases and the ledger" }],
  });

export type DollarPart = {
  figure: Pick<Figure, "id" | "label" | "value" | "unit">;
  rate: string | null;
  /** The stored revision that is added up. */
  revision?: number | undefined;
};

const named = (index: number, part: string): string => `${part}${String(index + 1).padStart(2, "0")}`;

/** A sum in US dollars; unknown as soon as one part is, for a total that leaves something out would mislead. */
export function dollarTotal(key: string, label: string, parts: readonly DollarPart[], day: string): Figure {
  const missing = parts.find(({ figure }) => figure.value === null);
  const unrated = parts.find(({ rate }) => rate === null);
  const reason = parts.length === 0 ? "no-data" : missing ? "missing-input" : unrated ? "missing-fx-rate" : null;
  const sum = parts.reduce(
    (all, { figure, rate }) => all.plus(new Exact(figure.value ?? 0).times(rate ?? 0)),
    new Exact(0),
  );
  const inputs: Record<string, FigureInput> = Object.fromEntries(
    parts.flatMap(({ figure, rate, revision }, index) => [
      [named(index, "part"), { figure: figure.id, label: figure.label, ...(revision ? { revision } : {}) }],
      [named(index, "rate"), { value: rate, label: `US dollars for one ${figure.unit}` }],
    ]),
  );
  return makeFigure({
    ...{ label, value: reason ? null : sum.toDecimalPlaces(2).toFixed(), unit: "USD", asOf: day },
    ...(reason ? { reason } : {}),
    ...{ method: `${PREFIX}dollars@1`, formula: "Σ amount × US dollars for one unit of its currency" },
    inputs: { of: { value: key }, day: { value: day }, ...inputs },
    sources: [],
  });
}
