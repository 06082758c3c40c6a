import { type Measure, unknown } from "@/lib/metrics/rules/measure";
import { fromMinor } from "@/lib/money";
import { type FundMultiples, fundMultiples } from "../fund-multiples";
import type { Cashflow } from "../rates";
import { counted, type OpenPart, type RecordFacts, sumOf } from "./book";

/** A dated flow of the group: what it paid in, what it received, what is left at its stated value. */
export type GroupFlow = {
  kind: "call" | "distribution" | "residual";
  /** The lot or the payment; "" for what is left. */
  id: string;
  label: string;
  date: string;
  minor: bigint;
};

export type GroupReturns = {
  flows: readonly GroupFlow[];
  /** Why a return cannot be told; null where it can. */
  reason: string | null;
  paidIn: Measure;
  distributed: Measure;
  residual: Measure;
} & Record<"moic" | "dpi" | "rvpi" | "tvpi" | "xirr" | "xirrPaid", Measure>;

const nothing = (reason: string): GroupReturns => {
  const none = unknown(reason);
  return {
    ...{ flows: [], reason, paidIn: none, distributed: none, residual: none, moic: none, dpi: none },
    ...{ rvpi: none, tvpi: none, xirr: none, xirrPaid: none },
  };
};

/** What the group paid for each of its lots; a reason where one is not known. */
function callsOf(facts: RecordFacts, mine: ReadonlySet<string>): { flows: GroupFlow[]; reason: string | null } {
  const lots = facts.lots.filter(({ holderId }) => mine.has(holderId));
  const held = facts.basis.holdings.filter(({ holderId }) => mine.has(holderId));
  const untold = held.some(({ classId }) => !lots.some((lot) => lot.classId === classId));
  const flows: GroupFlow[] = [];
  let reason: string | null = untold ? "lots-differ" : null;
  for (const { id, label, cost, acquiredOn } of lots) {
    if (cost.minor === null) reason ??= cost.reason;
    else if (cost.minor > 0n && acquiredOn === null) reason ??= "no-day-of-purchase";
    else if (cost.minor > 0n)
      flows.push({ kind: "call", id, label: `Paid for ${label}`, date: acquiredOn ?? "", minor: cost.minor });
  }
  return { flows, reason };
}

function receivedOf({ payments }: RecordFacts, mine: ReadonlySet<string>): GroupFlow[] {
  return counted(payments).flatMap(({ id, label, paidOn, shares }) => {
    const minor = sumOf(shares, (share) => (mine.has(share.holderId) ? share.grossMinor : 0n));
    return minor === 0n ? [] : [{ kind: "distribution" as const, id, label, date: paidOn, minor }];
  });
}

const cash = (flows: readonly GroupFlow[], kind: GroupFlow["kind"], currency: string): Cashflow[] =>
  flows
    .filter((flow) => flow.kind === kind)
    .map(({ date, minor }) => ({ date, amount: fromMinor(minor, currency).toFixed() }));

/**
 * Returns of the group's own holders: multiples on gross flows before tax, XIRR on days of the ledger (methods b). What
 * is left is its part of what is held back, at its stated value on the day of the question. Without the price or the day of
 * one lot there is no return.
 */
export function groupReturns(facts: RecordFacts, open: readonly OpenPart[] | null): GroupReturns {
  const { currency, groupIds, today } = facts;
  if (!groupIds || groupIds.length === 0) return nothing("no-group-holder");
  const mine = new Set(groupIds);
  const calls = callsOf(facts, mine);
  const received = receivedOf(facts, mine);
  const left = open && sumOf(open, ({ holderId, amountMinor }) => (mine.has(holderId) ? amountMinor : 0n));
  const flows = [...calls.flows, ...received].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  if (left !== null && left > 0n)
    flows.push({ kind: "residual", id: "", label: "Still held back, at its stated value", date: today, minor: left });
  const worth = (minor: bigint): Measure => ({ value: fromMinor(minor, currency) });
  const distributed = worth(sumOf(received, ({ minor }) => minor));
  const residual = left === null ? unknown("no-cap-table") : worth(left);
  const reason = calls.reason ?? (left === null ? "no-cap-table" : null);
  if (reason !== null) return { ...nothing(reason), flows, distributed, residual };
  const given = { calls: cash(flows, "call", currency), distributions: cash(flows, "distribution", currency) };
  const [nav] = cash(flows, "residual", currency);
  const all: FundMultiples = fundMultiples({ ...given, nav });
  const { moic, dpi, rvpi, tvpi, irr: xirr } = all;
  const paidIn = worth(sumOf(calls.flows, ({ minor }) => minor));
  const xirrPaid = fundMultiples(given).irr;
  return { flows, reason: null, paidIn, distributed, residual, moic, dpi, rvpi, tvpi, xirr, xirrPaid };
}
