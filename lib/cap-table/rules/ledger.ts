import type Fraction from "fraction.js";
import { lesser, positive, rational, ZERO } from "@/lib/distribution/rules/exact";
import type { OcfObject, OcfProblem, StockClass, StockPlan, VestingTermsObject } from "../schema";
import { currentType, placeOf, readObject, shapeOf } from "./package";

export type SecurityKind = "stock" | "equity-compensation" | "warrant" | "convertible";

/** One security of one holder, with what is left of it. */
export type Security = {
  id: string;
  customId: string | null;
  kind: SecurityKind;
  holderId: string;
  classId: string | null;
  planId: string | null;
  issuedOn: string;
  issued: Fraction;
  outstanding: Fraction;
  /** Per share: paid for stock, to be paid for options and warrants. */
  price: Fraction | null;
  currency: string | null;
  expiresOn: string | null;
  /** SAFE, NOTE, OPTION, RSU … as the format says. */
  instrument: string | null;
  capAmount: Fraction | null;
  /** Of a convertible: 0.2 is 20 % off; null where the package names none. */
  discount: Fraction | null;
  vestingTermsId: string | null;
  vestingStart: string | null;
  vestingEvents: { conditionId: string; date: string }[];
  accelerated: { date: string; quantity: Fraction }[];
  splitTransactionId: string | null;
  place: string;
};

export type PlanState = {
  id: string;
  name: string;
  reserved: Fraction;
  granted: Fraction;
  returned: Fraction;
  returns: boolean;
};
export type ClassState = { definition: StockClass; ratio: Fraction | null; place: string };

export type Ledger = {
  holders: Map<string, string>;
  classes: Map<string, ClassState>;
  plans: Map<string, PlanState>;
  vestingTerms: Map<string, VestingTermsObject>;
  securities: Map<string, Security>;
  /** Securities that transactions say came into being, and where they say so. */
  promised: { id: string; place: string; date: string }[];
  problems: OcfProblem[];
  applied: number;
  lastTransactionOn: string | null;
};

const text = (value: Fraction): string => value.toString(4);

export function report(ledger: Ledger, object: OcfObject, field: string, message: string): void {
  ledger.problems.push({ path: `${placeOf(object)}.${field}`, code: "contradiction", message });
}

/** Null when the denominator is zero. */
export function quotient(ratio: { numerator: string; denominator: string }): Fraction | null {
  const denominator = rational(ratio.denominator);
  return positive(denominator) ? rational(ratio.numerator).div(denominator) : null;
}

function ratioOf(definition: StockClass): Fraction | null {
  const ratio = definition.conversion_rights?.map((right) => right.conversion_mechanism?.ratio).find((found) => found);
  return ratio ? quotient(ratio) : null;
}

/** Holders, classes, plans and vesting terms, before any transaction. */
export function openLedger(objects: readonly OcfObject[]): Ledger {
  const ledger: Ledger = {
    holders: new Map(),
    classes: new Map(),
    plans: new Map(),
    vestingTerms: new Map(),
    securities: new Map(),
    promised: [],
    problems: [],
    applied: 0,
    lastTransactionOn: null,
  };
  for (const object of objects) {
    if (object.objectType === "STAKEHOLDER") {
      const holder = readObject(object, "STAKEHOLDER");
      if (!Array.isArray(holder)) ledger.holders.set(holder.id, holder.name.legal_name);
    } else if (object.objectType === "STOCK_CLASS") {
      const read = readObject(object, "STOCK_CLASS");
      if (Array.isArray(read)) continue;
      ledger.classes.set(read.id, { definition: read, ratio: ratioOf(read), place: placeOf(object) });
    } else if (object.objectType === "STOCK_PLAN") {
      const plan = readObject(object, "STOCK_PLAN");
      if (!Array.isArray(plan)) ledger.plans.set(plan.id, planState(plan));
    } else if (object.objectType === "VESTING_TERMS") {
      const terms = readObject(object, "VESTING_TERMS");
      if (!Array.isArray(terms)) ledger.vestingTerms.set(terms.id, terms);
    }
  }
  return ledger;
}

const planState = (plan: StockPlan): PlanState => ({
  id: plan.id,
  name: plan.plan_name,
  reserved: rational(plan.initial_shares_reserved),
  granted: ZERO,
  returned: ZERO,
  returns: plan.default_cancellation_behavior === "RETURN_TO_POOL",
});

const NEW_SECURITY = {
  customId: null,
  classId: null,
  planId: null,
  price: null,
  currency: null,
  expiresOn: null,
  instrument: null,
  capAmount: null,
  discount: null,
  vestingTermsId: null,
  vestingStart: null,
  splitTransactionId: null,
} as const;

type Issuance = Omit<Security, "vestingEvents" | "accelerated" | "place" | "outstanding">;

function readIssuance(object: OcfObject): Issuance | null {
  const type = currentType(object.objectType);
  if (type === "TX_STOCK_ISSUANCE") {
    const tx = readObject(object, "TX_STOCK_ISSUANCE");
    if (Array.isArray(tx)) return null;
    return {
      ...NEW_SECURITY,
      ...basics(tx),
      kind: "stock",
      classId: tx.stock_class_id,
      issued: rational(tx.quantity),
      price: tx.share_price ? rational(tx.share_price.amount) : null,
      currency: tx.share_price?.currency ?? null,
      vestingTermsId: tx.vesting_terms_id ?? null,
      splitTransactionId: tx.split_transaction_id ?? null,
    };
  }
  if (type === "TX_EQUITY_COMPENSATION_ISSUANCE") {
    const tx = readObject(object, "TX_EQUITY_COMPENSATION_ISSUANCE");
    if (Array.isArray(tx)) return null;
    const price = tx.exercise_price ?? tx.base_price;
    return {
      ...NEW_SECURITY,
      ...basics(tx),
      kind: "equity-compensation",
      classId: tx.stock_class_id ?? null,
      planId: tx.stock_plan_id ?? null,
      issued: rational(tx.quantity),
      price: tx.compensation_type === "RSU" || !price ? ZERO : rational(price.amount),
      currency: price?.currency ?? null,
      expiresOn: tx.expiration_date ?? null,
      instrument: tx.compensation_type ?? null,
      vestingTermsId: tx.vesting_terms_id ?? null,
    };
  }
  return readOtherIssuance(object, type);
}

function readOtherIssuance(object: OcfObject, type: string): Issuance | null {
  if (type === "TX_WARRANT_ISSUANCE") {
    const tx = readObject(object, "TX_WARRANT_ISSUANCE");
    if (Array.isArray(tx)) return null;
    return {
      ...NEW_SECURITY,
      ...basics(tx),
      kind: "warrant",
      issued: rational(tx.quantity ?? 0),
      price: tx.exercise_price ? rational(tx.exercise_price.amount) : null,
      currency: tx.exercise_price?.currency ?? null,
      expiresOn: tx.warrant_expiration_date ?? null,
      instrument: tx.quantity === undefined ? "UNSPECIFIED_QUANTITY" : null,
      vestingTermsId: tx.vesting_terms_id ?? null,
    };
  }
  const tx = readObject(object, "TX_CONVERTIBLE_ISSUANCE");
  if (Array.isArray(tx)) return null;
  const caps = tx.conversion_triggers.map(
    (trigger) => trigger.conversion_right?.conversion_mechanism?.conversion_valuation_cap?.amount,
  );
  const cap = caps.find((found) => found !== undefined);
  const discount = tx.conversion_triggers
    .map((trigger) => trigger.conversion_right?.conversion_mechanism?.conversion_discount)
    .find((found) => found !== undefined);
  return {
    ...NEW_SECURITY,
    ...basics(tx),
    kind: "convertible",
    issued: rational(tx.investment_amount.amount),
    currency: tx.investment_amount.currency,
    instrument: tx.convertible_type,
    capAmount: cap === undefined ? null : rational(cap),
    discount: discount === undefined ? null : rational(discount),
  };
}

const basics = (tx: { security_id: string; custom_id?: string | undefined; stakeholder_id: string; date: string }) => ({
  id: tx.security_id,
  customId: tx.custom_id ?? null,
  holderId: tx.stakeholder_id,
  issuedOn: tx.date,
});

export function issue(ledger: Ledger, object: OcfObject): void {
  const read = readIssuance(object);
  if (!read) return;
  if (ledger.securities.has(read.id)) {
    report(ledger, object, "security_id", `"${read.id}" was issued before; this issuance is not counted`);
    return;
  }
  if (!ledger.holders.has(read.holderId))
    report(ledger, object, "stakeholder_id", `no stakeholder has the id "${read.holderId}"`);
  if (read.classId && !ledger.classes.has(read.classId))
    report(ledger, object, "stock_class_id", `no stock class has the id "${read.classId}"`);
  const plan = read.planId ? ledger.plans.get(read.planId) : undefined;
  if (plan) plan.granted = plan.granted.add(read.issued);
  else if (read.planId) report(ledger, object, "stock_plan_id", `no stock plan has the id "${read.planId}"`);
  if (read.kind === "warrant" && !positive(read.issued))
    report(ledger, object, "quantity", "a number of shares; the warrant is not counted without one");
  const security = { ...read, outstanding: read.issued, vestingEvents: [], accelerated: [], place: placeOf(object) };
  ledger.securities.set(read.id, security);
}

/** Takes a quantity off a security; what goes beyond the outstanding is reported and not taken. */
export function take(
  ledger: Ledger,
  object: OcfObject,
  security: Security,
  quantity: Fraction,
  field = "quantity",
): Fraction {
  if (quantity.gt(security.outstanding))
    report(
      ledger,
      object,
      field,
      `${text(quantity)} of "${security.id}", of which ${text(security.outstanding)} are outstanding`,
    );
  const taken = lesser(quantity, security.outstanding);
  security.outstanding = security.outstanding.sub(taken);
  return taken;
}

/** Ends a security whose rest lives on as another; without a balance the rest, if any, stays with it. */
export function settleBalance(ledger: Ledger, object: OcfObject, security: Security, balanceId: string | null): void {
  if (!balanceId) return;
  ledger.promised.push({ id: balanceId, place: `${placeOf(object)}.balance_security_id`, date: object.date ?? "" });
  security.outstanding = ZERO;
}

export function promise(ledger: Ledger, object: OcfObject, ids: readonly string[]): void {
  ids.forEach((id, index) => {
    const place = `${placeOf(object)}.resulting_security_ids[${index}]`;
    ledger.promised.push({ id, place, date: object.date ?? "" });
  });
}

/** Shares of a plan that may still be granted; below zero when more was granted than reserved. */
export const availablePool = (plan: PlanState): Fraction => plan.reserved.sub(plan.granted).add(plan.returned);

export const isTransaction = (object: OcfObject): boolean =>
  object.objectType.startsWith("TX_") && shapeOf(object.objectType) !== null;
