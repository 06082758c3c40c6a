import type Fraction from "fraction.js";
import { positive, rational, ZERO } from "@/lib/distribution/rules/exact";
import type { OcfObject, OcfProblem } from "../schema";
import {
  type ClassState,
  issue,
  isTransaction,
  type Ledger,
  openLedger,
  type PlanState,
  promise,
  quotient,
  report,
  type Security,
  settleBalance,
  take,
} from "./ledger";
import { currentType, placeOf, readObject, shapeOf } from "./package";

type Handler = (ledger: Ledger, object: OcfObject, security: Security) => void;

/** A part that leaves one security: transfer, cancellation, repurchase, conversion, exercise, release. */
const reduce =
  (shape: "TRANSFER" | "CANCELLATION" | "REPURCHASE" | "CONVERSION" | "EXERCISE" | "RELEASE"): Handler =>
  (ledger, object, security) => {
    const tx = readObject(object, shape);
    if (Array.isArray(tx)) return;
    const given = "quantity_converted" in tx ? tx.quantity_converted : "quantity" in tx ? tx.quantity : undefined;
    // The amount of a convertible is money; what the format calls its quantity is not comparable with it.
    const whole = security.kind === "convertible" || typeof given !== "string";
    const field = shape === "CONVERSION" ? "quantity_converted" : "quantity";
    const taken = take(ledger, object, security, whole ? security.outstanding : rational(given), field);
    returnToPool(ledger, security, shape === "CANCELLATION" ? taken : ZERO);
    promise(ledger, object, tx.resulting_security_ids);
    settleBalance(ledger, object, security, tx.balance_security_id);
  };

function returnToPool(ledger: Ledger, security: Security, quantity: Fraction): void {
  const plan = security.planId ? ledger.plans.get(security.planId) : undefined;
  if (plan?.returns) plan.returned = plan.returned.add(quantity);
}

const onSecurity: Readonly<Record<string, Handler>> = {
  TRANSFER: reduce("TRANSFER"),
  CANCELLATION: reduce("CANCELLATION"),
  REPURCHASE: reduce("REPURCHASE"),
  CONVERSION: reduce("CONVERSION"),
  EXERCISE: reduce("EXERCISE"),
  RELEASE: reduce("RELEASE"),
  RETRACTION: (ledger, object, security) => {
    const plan = security.planId ? ledger.plans.get(security.planId) : undefined;
    const taken = take(ledger, object, security, security.outstanding);
    if (plan) plan.granted = plan.granted.sub(taken);
  },
  REISSUANCE: (ledger, object, security) => {
    const tx = readObject(object, "REISSUANCE");
    if (Array.isArray(tx)) return;
    take(ledger, object, security, security.outstanding);
    promise(ledger, object, tx.resulting_security_ids);
  },
  REPRICING: (_ledger, object, security) => {
    const tx = readObject(object, "REPRICING");
    if (!Array.isArray(tx)) security.price = rational(tx.new_exercise_price.amount);
  },
  ACCEPTANCE: () => undefined,
  VESTING_START: (_ledger, object, security) => {
    const tx = readObject(object, "VESTING_START");
    if (!Array.isArray(tx)) security.vestingStart = tx.date;
  },
  VESTING_EVENT: (_ledger, object, security) => {
    const tx = readObject(object, "VESTING_EVENT");
    if (!Array.isArray(tx)) security.vestingEvents.push({ conditionId: tx.vesting_condition_id, date: tx.date });
  },
  VESTING_ACCELERATION: (_ledger, object, security) => {
    const tx = readObject(object, "VESTING_ACCELERATION");
    if (!Array.isArray(tx)) security.accelerated.push({ date: tx.date, quantity: rational(tx.quantity) });
  },
};

function split(ledger: Ledger, object: OcfObject): void {
  const tx = readObject(object, "SPLIT");
  if (Array.isArray(tx)) return;
  const ratio = quotient(tx.split_ratio);
  if (!ledger.classes.has(tx.stock_class_id) || !ratio || !positive(ratio)) {
    report(ledger, object, "stock_class_id", "a split of a known class with a ratio above 0 was expected");
    return;
  }
  let untouched = 0;
  for (const security of ledger.securities.values()) {
    // What was issued because of the split is in the new count already.
    if (security.classId !== tx.stock_class_id || security.splitTransactionId === tx.id) continue;
    if (security.kind === "stock") {
      security.outstanding = security.outstanding.mul(ratio);
      security.price = security.price?.div(ratio) ?? null;
    } else if (positive(security.outstanding)) untouched += 1;
  }
  if (untouched === 0) return;
  const message = `${untouched} option grants over the class are not restated for the split; the plan says whether they should be`;
  ledger.problems.push({ path: placeOf(object), code: "unclear", message });
}

function adjust(ledger: Ledger, object: OcfObject, shape: string): void {
  if (shape === "SPLIT") {
    split(ledger, object);
    return;
  }
  if (shape === "RATIO_ADJUSTMENT") {
    const tx = readObject(object, "RATIO_ADJUSTMENT");
    if (Array.isArray(tx)) return;
    const state = ledger.classes.get(tx.stock_class_id);
    const ratio = tx.new_ratio_conversion_mechanism.ratio;
    if (!state) report(ledger, object, "stock_class_id", `no stock class has the id "${tx.stock_class_id}"`);
    else if (ratio) state.ratio = quotient(ratio);
    return;
  }
  if (shape === "CONSOLIDATION") {
    consolidate(ledger, object);
    return;
  }
  const tx = shape === "POOL_ADJUSTMENT" ? readObject(object, "POOL_ADJUSTMENT") : readObject(object, "RETURN_TO_POOL");
  if (Array.isArray(tx)) return;
  const plan = ledger.plans.get(tx.stock_plan_id);
  if (!plan) {
    report(ledger, object, "stock_plan_id", `no stock plan has the id "${tx.stock_plan_id}"`);
    return;
  }
  if ("shares_reserved" in tx && typeof tx.shares_reserved === "string") plan.reserved = rational(tx.shares_reserved);
  // A plan that takes cancelled options back by default has them already.
  else if ("quantity" in tx && typeof tx.quantity === "string" && !plan.returns)
    plan.returned = plan.returned.add(rational(tx.quantity));
}

function consolidate(ledger: Ledger, object: OcfObject): void {
  const tx = readObject(object, "CONSOLIDATION");
  if (Array.isArray(tx)) return;
  tx.security_ids.forEach((id, index) => {
    const security = ledger.securities.get(id);
    if (security) take(ledger, object, security, security.outstanding);
    else report(ledger, object, `security_ids[${index}]`, `no security with the id "${id}" was issued`);
  });
  if (tx.resulting_security_id) promise(ledger, object, [tx.resulting_security_id]);
}

const idOnSecurity = (object: OcfObject): string =>
  typeof object.payload.security_id === "string" ? object.payload.security_id : "";

/** Applies one transaction; false when it speaks about a security that is not there yet. */
function apply(ledger: Ledger, object: OcfObject): boolean {
  const shape = shapeOf(object.objectType);
  if (shape?.endsWith("_ISSUANCE")) issue(ledger, object);
  else if (shape && shape in onSecurity) {
    const security = ledger.securities.get(idOnSecurity(object));
    if (!security) return false;
    onSecurity[shape]?.(ledger, object, security);
  } else if (shape) adjust(ledger, object, shape);
  ledger.applied += 1;
  ledger.lastTransactionOn = object.date;
  return true;
}

function applyDay(ledger: Ledger, day: readonly OcfObject[]): void {
  let waiting = [...day];
  // File order within the day; what needs a security that the same day still issues waits for it.
  for (let before = -1; waiting.length > 0 && waiting.length !== before; ) {
    before = waiting.length;
    waiting = waiting.filter((object) => !apply(ledger, object));
  }
  for (const object of waiting)
    report(
      ledger,
      object,
      "security_id",
      `no security with the id "${idOnSecurity(object)}" was issued by ${object.date}`,
    );
}

export type CapTable = {
  asOf: string | null;
  holders: ReadonlyMap<string, string>;
  classes: readonly ClassState[];
  plans: readonly PlanState[];
  /** With something outstanding. */
  securities: readonly Security[];
  vestingTerms: Ledger["vestingTerms"];
  problems: readonly OcfProblem[];
  transactions: number;
  lastTransactionOn: string | null;
};

/**
 * Positions at the end of a day (all transactions without one): transactions by date, in file order within a day,
 * each walking the security that it names. What contradicts itself is reported with its place and not counted.
 */
export function capTable(objects: readonly OcfObject[], asOf: string | null): CapTable {
  const ledger = openLedger(objects);
  const dated = objects.filter(isTransaction).flatMap((object) => {
    if (object.date) return [{ object, date: object.date }];
    report(ledger, object, "date", "a date; the transaction is not counted without one");
    return [];
  });
  const counted = dated
    .filter(({ date }) => asOf === null || date <= asOf)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.object.position - b.object.position));
  for (const date of new Set(counted.map((each) => each.date)))
    applyDay(
      ledger,
      counted.filter((each) => each.date === date).map(({ object }) => object),
    );
  const later = new Set(
    dated
      .filter(({ object }) => currentType(object.objectType).endsWith("_ISSUANCE"))
      .map(({ object }) => idOnSecurity(object)),
  );
  for (const { id, place } of ledger.promised) {
    if (ledger.securities.has(id)) continue;
    const message = later.has(id)
      ? `"${id}" is issued later than the transaction that made it`
      : `"${id}" is never issued; its shares are not counted`;
    ledger.problems.push({ path: place, code: "contradiction", message });
  }
  return {
    asOf,
    holders: ledger.holders,
    classes: [...ledger.classes.values()],
    plans: [...ledger.plans.values()],
    securities: [...ledger.securities.values()].filter((security) => positive(security.outstanding)),
    vestingTerms: ledger.vestingTerms,
    problems: ledger.problems,
    transactions: ledger.applied,
    lastTransactionOn: ledger.lastTransactionOn,
  };
}
