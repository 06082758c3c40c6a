import type { ShareClass } from "@/lib/distribution/schema";
import { carvedMinor } from "@/lib/ledger/rules/carve-out";
import type { InKind } from "@/lib/ledger/rules/in-kind";
import { type Paid, sharesOf } from "@/lib/ledger/rules/shares";
import type { CarveOut, Holding } from "@/lib/ledger/schema";
import type { Lot } from "./lots";

/** One payment of the sale as the ledger keeps it; one that was reversed counts nowhere. */
export type Payment = {
  id: string;
  ordinal: number;
  label: string;
  paidOn: string;
  /** The tranche that released it; null: not out of one. */
  trancheId: string | null;
  reversed: boolean;
  shares: readonly PaymentShare[];
  /** What of it went to the agreed carve-out before the holders. */
  carvedMinor: bigint;
  /** Of it what came in stock of the bidder or was rolled over, by holder: no bank ever pays it. */
  inKind: readonly InKind[];
};
export type PaymentShare = { classId: string; holderId: string; grossMinor: bigint; withheldMinor: bigint };

/** Money of the sale that comes later. */
export type OpenTranche = {
  id: string;
  label: string;
  kind: string;
  heldBy: string;
  endsOn: string;
  status: string;
  amountMinor: bigint;
  owedMinor: bigint;
  claimedMinor: bigint;
};

/** An order to the bank that settles what is owed to a holder. */
export type Transfer = {
  id: string;
  holderId: string;
  reference: string;
  executeOn: string;
  state: string;
  amountMinor: bigint;
  bookedMinor: bigint;
  returnedMinor: bigint;
  bookedOn: string | null;
};

export type RecordFacts = {
  ventureId: string;
  venture: string;
  currency: string;
  /** The last day on which something happened, and the day of the question. */
  asOf: string;
  today: string;
  classNames: ReadonlyMap<string, string>;
  holders: readonly { id: string; name: string; group: boolean }[];
  /** Null: nobody has said which holders are the group's own. */
  groupIds: readonly string[] | null;
  basis: { classes: readonly ShareClass[]; holdings: readonly Holding[]; carveOut: CarveOut | null };
  payments: readonly Payment[];
  tranches: readonly OpenTranche[];
  transfers: readonly Transfer[];
  lots: readonly Lot[];
  /** The ledger's account of what is owed to a holder, by holder. */
  accounts: ReadonlyMap<string, string>;
  versions: { ledger: number; capTable: number; lotCost: number };
};

export type OpenPart = { trancheId: string; holderId: string; amountMinor: bigint };

export const sumOf = <T>(rows: readonly T[], of: (row: T) => bigint): bigint =>
  rows.reduce((total, row) => total + of(row), 0n);

export const counted = (payments: readonly Payment[]): Payment[] => payments.filter(({ reversed }) => !reversed);

/** Of what counts, in kind. */
export const inKindOf = (payments: readonly Payment[]): InKind[] => counted(payments).flatMap(({ inKind }) => inKind);

/** Every share that counts, with the payment that it is of. */
export const sharesIn = (payments: readonly Payment[]): (PaymentShare & { payment: Payment })[] =>
  counted(payments).flatMap((payment) => payment.shares.map((share) => ({ ...share, payment })));

/**
 * Each holder's part of what is still held back, if all of it were released: tranche after tranche by its last day, each
 * less the agreed carve-out and split as if all payments so far were one (methods a1). Null where the terms do not say who shares.
 */
export function openParts({ basis, currency, payments, tranches }: RecordFacts): OpenPart[] | null {
  const earlier = counted(payments).map(({ shares }) => sumOf(shares, ({ grossMinor }) => grossMinor));
  const paid: Paid[] = sharesIn(payments).map(({ classId, holderId, grossMinor }) => ({
    ...{ classId, holderId, amountMinor: grossMinor },
  }));
  const parts: OpenPart[] = [];
  let before = sumOf(counted(payments), (payment) => payment.carvedMinor) + sumOf(earlier, (amount) => amount);
  const inOrder = tranches.toSorted((a, b) => (a.endsOn === b.endsOn ? 0 : a.endsOn < b.endsOn ? -1 : 1));
  for (const { id, owedMinor } of inOrder) {
    if (owedMinor === 0n) continue;
    const toHolders = owedMinor - carvedMinor(basis, currency, before, owedMinor);
    before += owedMinor;
    if (toHolders === 0n) continue;
    const shares = sharesOf({ ...basis, currency, earlier, paid }, toHolders);
    if (!shares.ok) return null;
    const byHolder = new Map<string, bigint>();
    for (const { holderId, amountMinor } of shares.value)
      byHolder.set(holderId, (byHolder.get(holderId) ?? 0n) + amountMinor);
    parts.push(...[...byHolder].map(([holderId, amountMinor]) => ({ trancheId: id, holderId, amountMinor })));
    earlier.push(toHolders);
    paid.push(...shares.value);
  }
  return parts;
}

/** Orders that the bank can still carry out; what failed or was taken out is owed again. */
const ON_ITS_WAY = ["draft", "proposed", "approved", "exported", "sent"];
export const isOnItsWay = ({ state }: Transfer): boolean => ON_ITS_WAY.includes(state);
/** Booked by the bank, less what came back. */
export const settledMinor = ({ bookedMinor, returnedMinor }: Transfer): bigint => bookedMinor - returnedMinor;
/** Of an order: what the bank has not booked yet. */
export const waitingMinor = (transfer: Transfer): bigint =>
  isOnItsWay(transfer) ? transfer.amountMinor - settledMinor(transfer) : 0n;
