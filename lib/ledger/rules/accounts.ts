/**
 * The chart of a sale's accounts. What is there to be paid out grows by debits (side 1), what is owed and to whom by
 * credits (side −1). There is no account for rounding: what is split adds up.
 */
export const ACCOUNT_KINDS = [
  "bank",
  "escrow",
  "holdback",
  "earn-out",
  "vendor-note",
  "in-kind",
  "charges",
  "proceeds",
  "contingent",
  "payable",
  "stock",
  "rollover",
  "costs",
  "fees",
  "withholding",
  "transit",
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

type Manner = { side: 1 | -1; floored: boolean; label: string; explains: string };

/** The same table stands in the database as a constraint. */
export const ACCOUNTS: Readonly<Record<AccountKind, Manner>> = {
  bank: { side: 1, floored: false, label: "Bank", explains: "Money on the paying account, as the bank has booked it" },
  escrow: { side: 1, floored: true, label: "Escrow", explains: "Money that the escrow agent holds" },
  holdback: { side: 1, floored: true, label: "Holdback", explains: "Price that the buyer has kept back" },
  "earn-out": { side: 1, floored: true, label: "Earn-out receivable", explains: "Price that hangs on a milestone" },
  "vendor-note": { side: 1, floored: true, label: "Vendor note", explains: "Price that the buyer owes until maturity" },
  "in-kind": {
    side: 1,
    floored: true,
    label: "Received in kind",
    explains: "Price that was paid in stock or rolled over",
  },
  charges: { side: 1, floored: false, label: "Bank charges", explains: "What the bank has taken for itself" },
  proceeds: { side: -1, floored: true, label: "Proceeds received", explains: "Received and not yet distributed" },
  contingent: { side: -1, floored: true, label: "Held back", explains: "What a tranche owes, until it is released" },
  payable: { side: -1, floored: true, label: "Payable", explains: "Owed to a holder and not yet ordered to be paid" },
  stock: {
    side: -1,
    floored: true,
    label: "Stock of the bidder",
    explains: "Received by a holder, valued; never paid out",
  },
  rollover: { side: -1, floored: true, label: "Rolled over", explains: "Kept by a holder, valued; never paid out" },
  costs: { side: -1, floored: true, label: "Costs", explains: "Owed to advisers" },
  fees: { side: -1, floored: true, label: "Fees", explains: "Owed for escrow and payment services" },
  withholding: { side: -1, floored: true, label: "Withholding", explains: "Tax withheld and owed to an office" },
  transit: { side: -1, floored: true, label: "Payments on their way", explains: "Ordered, not yet booked by the bank" },
};

/** What a holder receives in kind: owed and settled at once, so nothing pays it. */
export const IN_KIND_FORMS = ["stock", "rollover"] as const;
export type InKindForm = (typeof IN_KIND_FORMS)[number];

/** Accounts that a payment settles. */
export const PAYABLE_KINDS: readonly AccountKind[] = ["payable", "costs", "fees", "withholding"];

export const isAccountKind = (kind: string): kind is AccountKind => ACCOUNT_KINDS.some((known) => known === kind);

export const sideOf = (kind: AccountKind): 1 | -1 => ACCOUNTS[kind].side;

/** The balance as a person reads it: above zero on the account's own side. */
export const onOwnSide = (kind: AccountKind, signedMinor: bigint): bigint =>
  sideOf(kind) === 1 ? signedMinor : -signedMinor;
