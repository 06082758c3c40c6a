/** A customer, subscription or invoice as one source has it now. Days are "YYYY-MM-DD", amounts in the minor unit. */
type Provenance = { id: string; sourceId: string; importId: string | null; rowNumber: number | null };

export type CustomerFact = Provenance & {
  externalId: string;
  name: string;
  segment: string | null;
  country: string | null;
  channel: string | null;
  startedOn: string | null;
};

export const INTERVALS = ["month", "quarter", "year"] as const;
export type Interval = (typeof INTERVALS)[number];

export type SubscriptionFact = Provenance & {
  externalId: string;
  customerExternalId: string;
  plan: string | null;
  startOn: string;
  /** The first day no longer paid. */
  endOn: string | null;
  amountMinor: bigint;
  currency: string;
  interval: Interval;
  quantity: string;
};

export const INVOICE_KINDS = ["recurring", "usage", "one_off", "refund"] as const;
export const INVOICE_STATUSES = ["open", "paid", "void"] as const;

export type InvoiceFact = Provenance & {
  externalId: string;
  customerExternalId: string;
  issuedOn: string;
  periodStart: string | null;
  periodEnd: string | null;
  amountMinor: bigint;
  currency: string;
  kind: (typeof INVOICE_KINDS)[number];
  status: (typeof INVOICE_STATUSES)[number];
};

/** The rows of a data set with what a figure has to name as its source. */
export type Dataset<T> = { dataset: string; version: number; rows: T[] };
