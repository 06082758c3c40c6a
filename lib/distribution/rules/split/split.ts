import type Fraction from "fraction.js";
import { type Bridge, closingBridge } from "@/lib/deals/rules/bridge";
import { splitToHolders } from "@/lib/deals/rules/holders";
import { laterMoney } from "@/lib/deals/rules/later-money";
import type { Prepared } from "@/lib/deals/rules/proceeds";
import { openTerms } from "@/lib/deals/rules/terms";
import { blankTerms, type OfferTerms } from "@/lib/deals/schema/terms";
import type { FieldProblem } from "@/lib/errors";
import type { WithholdingRate } from "../../schema/split";
import { carvedOf } from "../carve-out";
import { contingentPayouts } from "../contingent";
import { payment, rational, sum, whole, ZERO } from "../exact";
import { type Breakdown, liquidationWaterfall } from "../waterfall";
import { exchangeOf } from "./price-line";
import { type Taxed, taxOf } from "./withholding";

/** All amounts in whole minor units of the cap table's currency. */
export type ClassLine = {
  id: string;
  name: string;
  shares: string | null;
  preference: bigint;
  participation: bigint;
  conversion: bigint;
  strike: bigint;
  /** With escrow and holdback, before tax. */
  gross: bigint;
  held: bigint;
  closing: bigint;
  /** Note and earn-outs, at their most. */
  later: bigint;
  converted: boolean;
  indifferent: boolean;
};
export type HeldClass = { classId: string; name: string; part: string; preference: bigint; gross: bigint };
export type HolderLine = {
  id: string;
  name: string;
  group: boolean;
  classes: HeldClass[];
  preference: bigint;
  /** Participation and conversion, net of strike. */
  residual: bigint;
  gross: bigint;
  held: bigint;
  withheld: bigint;
  /** What of it goes to which office. */
  taxes: Taxed[];
  /** At closing, after tax. */
  net: bigint;
  later: bigint;
};
export type Split = {
  known: true;
  bridge: Bridge;
  carveOut: { closing: bigint; held: bigint; later: bigint };
  classes: ClassLine[];
  holders: HolderLine[];
  totals: Sums;
  /** Null where nobody has said which holders are the group's own. */
  group: Sums | null;
};
export type Sums = { [Key in (typeof SUMS)[number]]: bigint };
export const SUMS = ["preference", "residual", "gross", "held", "withheld", "net", "later"] as const;
export type UnknownSplit = { known: false; reason: string; open: readonly string[]; problems: readonly FieldProblem[] };

const unknown = (
  reason: string,
  open: readonly string[] = [],
  problems: readonly FieldProblem[] = [],
): UnknownSplit => ({ known: false, reason, open, problems });

export const unitsOf = (value: Fraction, digits: number): bigint =>
  (value.s * value.n * 10n ** BigInt(digits)) / value.d;
export const unitText = (units: bigint, digits: number): string =>
  String(payment(whole(units).div(whole(10n ** BigInt(digits)))));

/** A price for all shares as they are, all cash at closing, nothing taken off or held back. */
export const plainPrice = (currency: string, price: string | null, day: string): OfferTerms => ({
  ...blankTerms(currency),
  ...{ basis: "equity", price, stock: "0", rollover: "0", vendorNote: "0", earnOuts: [], escrow: "0", holdback: "0" },
  ...{ workingCapital: "none", cash: "0", debt: "0", costs: "0", carveOut: "0", closeProbability: "1", closesOn: day },
});

/** Closing, then what is held back, then the rest at its most: of each what the carve-out and the classes receive. */
function paidOut(terms: OfferTerms, { context, debts }: Prepared, bridge: Bridge, later: Fraction) {
  const carve = carvedOf(rational(terms.carveOut ?? "0"), debts, context.digits);
  const steps = [bridge.closing, bridge.equity, bridge.equity.add(later)];
  const carved = steps.map(carve);
  const nets = steps.map((gross, index) => gross.sub(carved[index] ?? ZERO));
  const rises = (values: readonly Fraction[]) => values.map((value, index) => value.sub(values[index - 1] ?? ZERO));
  const releases = rises(nets).map((amount, index) => ({ amount: payment(amount), label: String(index) }));
  const paid = contingentPayouts(context.classes, releases, context.digits);
  const input = { classes: [...context.classes], transactionCosts: 0, currency: context.currency };
  const whole = liquidationWaterfall({ ...input, proceeds: payment(nets[1] ?? ZERO) });
  return paid.ok && whole.ok ? { paid: paid.value, waterfall: whole.value, carved: rises(carved) } : null;
}

type PaidOut = NonNullable<ReturnType<typeof paidOut>>;

/** The parts of a class; what rounding over several payments moves goes to the largest kind, so that they add up. */
function partsOf({ preference, participation, conversion, strikeOffset }: Breakdown, gross: bigint, digits: number) {
  const of = (value: Fraction) => unitsOf(value, digits);
  const parts = { preference: of(preference), participation: of(participation), conversion: of(conversion) };
  const strike = of(strikeOffset);
  const moved = gross - (parts.preference + parts.participation + parts.conversion - strike);
  const carrier = parts.conversion > 0n ? "conversion" : parts.participation > 0n ? "participation" : "preference";
  return { ...parts, [carrier]: parts[carrier] + moved, strike };
}

function classLines({ context }: Prepared, { paid, waterfall }: PaidOut): ClassLine[] {
  return context.classes.map((each) => {
    const [closing = 0n, held = 0n, later = 0n] = paid.map(({ payouts }) =>
      unitsOf(payouts.get(each.id) ?? ZERO, context.digits),
    );
    const gross = closing + held;
    const breakdown = waterfall.breakdown.get(each.id) ?? NO_PARTS;
    return {
      ...{ id: each.id, name: each.name ?? each.id, ...partsOf(breakdown, gross, context.digits) },
      shares: "shares" in each && each.shares !== undefined ? String(each.shares) : null,
      ...{ gross, held, closing, later },
      converted: waterfall.converted.includes(each.id),
      indifferent: waterfall.indifferent.includes(each.id),
    };
  });
}
const NO_PARTS: Breakdown = { preference: ZERO, participation: ZERO, conversion: ZERO, strikeOffset: ZERO };

/** Of one amount of a class what each holder receives, by largest remainder. */
const shared = ({ holders }: Prepared, id: string, amount: bigint): bigint[] =>
  splitToHolders(holders, new Map([[id, amount]]));

function holderLines(
  prepared: Prepared,
  classes: readonly ClassLine[],
  rates: readonly WithholdingRate[],
): HolderLine[] {
  const { context, holders } = prepared;
  const of = classes.map((line) => ({
    ...{ line, closing: shared(prepared, line.id, line.closing), held: shared(prepared, line.id, line.held) },
    ...{ later: shared(prepared, line.id, line.later), preference: shared(prepared, line.id, line.preference) },
  }));
  const partOf = new Map(context.holders.map(({ id, parts }) => [id, parts]));
  return holders.named.map(({ id, name }, index) => {
    const at = (values: readonly bigint[]) => values[index] ?? 0n;
    const own = (key: "closing" | "held" | "later" | "preference") => of.reduce((all, one) => all + at(one[key]), 0n);
    const [closing, held, preference] = [own("closing"), own("held"), own("preference")];
    const paying = of.map((one) => ({ classId: one.line.id, units: at(one.closing) }));
    const mineAlone = rates.filter(({ holderId }) => holderId === id);
    const taxes = taxOf(paying, mineAlone, "closing");
    const withheld = taxes.reduce((all, { units }) => all + units, 0n);
    const mine = of.flatMap((one): HeldClass[] => {
      const part = partOf.get(id)?.[one.line.id];
      const gross = at(one.closing) + at(one.held);
      if (!part && gross === 0n) return [];
      return [{ classId: one.line.id, name: one.line.name, part: part ?? "", preference: at(one.preference), gross }];
    });
    const gross = closing + held;
    return {
      ...{ id, name, group: context.group?.includes(id) ?? false, classes: mine, preference },
      ...{ residual: gross - preference, gross, held, withheld, taxes, net: closing - withheld, later: own("later") },
    };
  });
}

const added = (lines: readonly HolderLine[]): Sums =>
  Object.fromEntries(SUMS.map((key) => [key, lines.reduce((all, line) => all + line[key], 0n)])) as Sums;

/**
 * From a headline price to each class and holder: the bridge to the equity, carve-out, preferences, participation and
 * conversion at equilibrium, what escrow and holdback keep of it (the part of the whole less the part of the closing, as
 * if one payment), and tax. Every line is in whole minor units and they add up. Source: methods a1 to a6.
 */
export function splitOf(
  terms: OfferTerms,
  prepared: Prepared,
  withholdings: readonly WithholdingRate[] = [],
): Split | UnknownSplit {
  const { context } = prepared;
  const open = openTerms(terms);
  if (open.length > 0) return unknown("terms-missing", open);
  const exchange = exchangeOf(context, terms.currency);
  if (!exchange) return unknown("missing-fx-rate");
  const found = closingBridge(terms, exchange);
  if (!found.ok)
    return unknown(found.refusal === "NO_PROCEEDS" ? "no-proceeds" : "contradiction", [], found.problems ?? []);
  const bridge = found.value;
  const after = laterMoney(terms, bridge, exchange).filter(({ key }) => key !== "escrow" && key !== "holdback");
  const out = paidOut(terms, prepared, bridge, sum(after.map(({ amount }) => amount)));
  if (!out) return unknown("incomplete-cap-table");
  const classes = classLines(prepared, out);
  const holders = holderLines(prepared, classes, withholdings);
  const [closing = 0n, held = 0n, later = 0n] = out.carved.map((amount) => unitsOf(amount, context.digits));
  return {
    ...{ known: true, bridge, carveOut: { closing, held, later }, classes, totals: added(holders) },
    holders: holders.toSorted((a, b) =>
      a.gross === b.gross ? (a.name < b.name ? -1 : 1) : a.gross > b.gross ? -1 : 1,
    ),
    group: context.group && added(holders.filter(({ group }) => group)),
  };
}
