import type Fraction from "fraction.js";
import { carvedOf, debtOf } from "@/lib/distribution/rules/carve-out";
import { contingentPayouts, type Paid } from "@/lib/distribution/rules/contingent";
import { approximate, payment, positive, rational, sum, whole, ZERO } from "@/lib/distribution/rules/exact";
import { type PayoffTable, payoffTable } from "@/lib/distribution/rules/payoff-table";
import { readEngine } from "@/lib/distribution/rules/waterfall";
import type { ShareClass } from "@/lib/distribution/schema";
import type { FieldProblem } from "@/lib/errors";
import type { OfferTerms } from "../schema/terms";
import { type Bridge, closingBridge } from "./bridge";
import { type HolderParts, type Holders, readHolders, shareOut, splitToHolders } from "./holders";
import { type Later, laterMoney } from "./later-money";
import { type Outlook, outlookOf } from "./outlook";
import { openTerms } from "./terms";

/** What every offer of a sale is computed against; plain data, so that a browser can compute with it too. */
export type OfferContext = {
  currency: string;
  digits: number;
  classes: readonly ShareClass[];
  /** By class id what part is theirs, exactly: "1/3". */
  holders: readonly HolderParts[];
  /** The group's own holders; null where nobody has said. */
  group: readonly string[] | null;
  /** Units of the venture's currency for one of another, as stored on the day of valuation. */
  rates: Readonly<Record<string, string>>;
  discountRatio: string;
  valuedOn: string;
};

/** Exact decimal texts in the venture's currency. */
export type Line = {
  atClosing: string;
  /** Everything that may come later, at its most. */
  later: string;
  total: string;
  laterExpected: string;
  expected: string;
  /** Of what is expected, on the day of valuation, forms other than cash discounted. */
  presentValue: string;
  /** That, times the probability that the sale closes. */
  riskAdjusted: string;
};
export const MEASURES = [
  "atClosing",
  "later",
  "total",
  "laterExpected",
  "expected",
  "presentValue",
  "riskAdjusted",
] as const satisfies readonly (keyof Line)[];
export type MeasureKey = (typeof MEASURES)[number];

export type ReleaseLine = {
  key: string;
  label: string;
  on: string;
  amount: string;
  carveOut: string;
  probability: number;
  /** Classes that convert once this is paid as well. */
  converted: readonly string[];
};

export type KnownProceeds = {
  known: true;
  bridge: Readonly<Record<keyof Bridge, string>>;
  releases: ReleaseLine[];
  carveOut: { atClosing: string; total: string };
  holders: (Line & { id: string; name: string })[];
  /** Null where nobody has said which holders are the group's own. */
  group: Line | null;
  all: Line;
};
export type OfferProceeds =
  | KnownProceeds
  | { known: false; reason: string; open: readonly string[]; problems: readonly FieldProblem[] };

/** Engine and payoff lines of the cap table, made once for any number of offers. */
export type Prepared = { context: OfferContext; holders: Holders; table: PayoffTable; debts: Fraction };

export function prepareOffers(context: OfferContext): Prepared | null {
  const engine = readEngine(context.classes, undefined);
  if (!engine.ok) return null;
  const holders = readHolders(context.holders, context.classes);
  return { context, holders, table: payoffTable(engine.value), debts: debtOf(context.classes) };
}

const unknown = (
  reason: string,
  open: readonly string[] = [],
  problems: readonly FieldProblem[] = [],
): OfferProceeds => ({ known: false, reason, open, problems });

const text = (value: Fraction): string => String(payment(value));
/** Of an amount in whole minor units. */
const unitsOf = (value: Fraction, digits: number): bigint => (value.n * 10n ** BigInt(digits)) / value.d;
const decimalText = (units: bigint, digits: number): string => text(whole(units).div(whole(10n ** BigInt(digits))));

type Exactly = { paid: Paid[]; nets: Fraction[]; carved: Fraction[] };

/** Closing, then each later amount as if it were one payment with all before it, to the minor unit. */
function releasesOf(terms: OfferTerms, prepared: Prepared, bridge: Bridge, later: readonly Later[]): Exactly | null {
  const carve = carvedOf(rational(terms.carveOut ?? "0"), prepared.debts, prepared.context.digits);
  const amounts = [bridge.closing, ...later.map(({ amount }) => amount)];
  let [gross, before] = [ZERO, ZERO];
  const nets: Fraction[] = [];
  const carved: Fraction[] = [];
  for (const amount of amounts) {
    gross = gross.add(amount);
    const net = gross.sub(carve(gross));
    nets.push(net.sub(before));
    carved.push(amount.sub(net.sub(before)));
    before = net;
  }
  const releases = nets.map((amount, index) => ({ amount: payment(amount), label: String(index) }));
  const paid = contingentPayouts(prepared.context.classes, releases, prepared.context.digits);
  return paid.ok ? { paid: paid.value, nets, carved } : null;
}

type Units = { atClosing: bigint; later: bigint; laterExpected: bigint; presentValue: bigint; riskAdjusted: bigint };

const lineOf = ({ atClosing, later, laterExpected, presentValue, riskAdjusted }: Units, digits: number): Line => {
  const of = (units: bigint) => decimalText(units, digits);
  return {
    ...{ atClosing: of(atClosing), later: of(later), total: of(atClosing + later), laterExpected: of(laterExpected) },
    ...{ expected: of(atClosing + laterExpected), presentValue: of(presentValue), riskAdjusted: of(riskAdjusted) },
  };
};

/** Lines added up; they are whole minor units, so the sum is exact. */
export function together(lines: readonly Line[]): Line {
  const of = (key: MeasureKey) => text(sum(lines.map((line) => rational(line[key]))));
  return {
    ...{ atClosing: of("atClosing"), later: of("later"), total: of("total"), laterExpected: of("laterExpected") },
    ...{ expected: of("expected"), presentValue: of("presentValue"), riskAdjusted: of("riskAdjusted") },
  };
}

function holderLines({ context, holders }: Prepared, { paid }: Exactly, outlook: Outlook, closes: number) {
  const { digits } = context;
  const split = paid.map(({ payouts }) =>
    splitToHolders(holders, new Map([...payouts].map(([id, amount]) => [id, unitsOf(amount, digits)]))),
  );
  const [closing = [], ...releases] = split;
  const expected = shareOut(holders, outlook.laterExpected, digits);
  const worth = shareOut(holders, outlook.presentValue, digits);
  const risky = outlook.presentValue.map((value) => value * closes);
  const adjusted = shareOut(holders, risky, digits);
  return holders.named.map(({ id, name }, index) => {
    const units = {
      ...{ atClosing: closing[index] ?? 0n, later: releases.reduce((total, one) => total + (one[index] ?? 0n), 0n) },
      ...{
        laterExpected: expected[index] ?? 0n,
        presentValue: worth[index] ?? 0n,
        riskAdjusted: adjusted[index] ?? 0n,
      },
    };
    return { id, name, ...lineOf(units, digits) };
  });
}

const formWorth = (terms: OfferTerms, { stock, rollover, closing }: Bridge): number => {
  if (!positive(closing)) return 1;
  const lost = stock
    .mul(rational(terms.stockDiscount ?? "0"))
    .add(rollover.mul(rational(terms.rolloverDiscount ?? "0")));
  return Math.max(0, 1 - approximate(lost.div(closing)));
};

function rateOf({ currency, rates }: OfferContext, of: string): string | null {
  return of === currency ? "1" : (rates[of] ?? null);
}

/**
 * What reaches each holder and the group from an offer: at closing and later to the minor unit, each release as if it were
 * one payment with all before it; what is expected, what that is worth on the day of valuation, and that times the
 * probability of closing as statistics. Terms that are not stated make it unknown. Source: methods a1.
 */
export function offerProceeds(terms: OfferTerms, prepared: Prepared): OfferProceeds {
  const { context } = prepared;
  const open = openTerms(terms);
  if (open.length > 0) return unknown("terms-missing", open);
  const rate = rateOf(context, terms.currency);
  if (rate === null) return unknown("missing-fx-rate");
  const exchange = { rate, digits: context.digits };
  const found = closingBridge(terms, exchange);
  if (!found.ok)
    return unknown(found.refusal === "NO_PROCEEDS" ? "no-proceeds" : "contradiction", [], found.problems ?? []);
  const bridge = found.value;
  const closesOn = terms.closesOn ?? context.valuedOn;
  const later = laterMoney(terms, bridge, exchange);
  if (later.some(({ on }) => on < closesOn))
    return unknown("contradiction", [], [{ path: "earnOuts", expected: "days on or after the closing" }]);
  const exactly = releasesOf(terms, prepared, bridge, later);
  if (!exactly) return unknown("incomplete-cap-table");
  const part = Number(terms.carveOut ?? 0);
  const debts = approximate(prepared.debts);
  const outlook = outlookOf(prepared.table, {
    ...{ closing: approximate(bridge.closing), closesOn, formWorth: formWorth(terms, bridge), later },
    carveOut: (gross) => Math.min(gross * part, Math.max(0, gross - debts)),
    ...{ discountRatio: Number(context.discountRatio), valuedOn: context.valuedOn },
  });
  const holders = holderLines(prepared, exactly, outlook, Number(terms.closeProbability ?? 0));
  return {
    known: true,
    bridge: Object.fromEntries(Object.entries(bridge).map(([key, value]) => [key, text(value)])) as Record<
      keyof Bridge,
      string
    >,
    releases: [
      { key: "closing", label: "Closing", on: closesOn, amount: bridge.closing, probability: 1 },
      ...later,
    ].map(({ amount, ...one }, index) => ({
      ...{ ...one, amount: text(amount), carveOut: text(exactly.carved[index] ?? ZERO) },
      converted: exactly.paid[index]?.converted ?? [],
    })),
    carveOut: { atClosing: text(exactly.carved[0] ?? ZERO), total: text(sum(exactly.carved)) },
    holders: holders.toSorted((a, b) => Number(b.total) - Number(a.total) || (a.name < b.name ? -1 : 1)),
    group: context.group && together(holders.filter(({ id }) => context.group?.includes(id))),
    all: together(holders),
  };
}
