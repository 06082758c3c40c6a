import type { VentureKind } from "@/lib/imports/schema";
import type { CreateVenture, Overrides } from "@/lib/ventures/schema";

/** The story of one venture as data; customers.ts, billing.ts and finance.ts turn it into rows. */
export type VentureScript = {
  venture: CreateVenture & { slug: string };
  /** What its chairman set otherwise than the profile. */
  overrides?: Overrides;
  seed: string;
  /** Months of history up to and with the last one. */
  history: number;
  stage: StageScript;
  customers: CustomerScript;
  billing: BillingScript;
  finance: FinanceScript;
  capTable: CapTableScript;
  files: FileScript;
};

export type StageScript = {
  enteredOn: string;
  openSubstages: ("40.1" | "40.2" | "40.3")[];
  reason: string;
  exitedOn?: string;
};

/** A value that moves in straight lines between months, counted back from the last one (0 is the last). */
export type Path = readonly (readonly [monthsAgo: number, value: number])[];

export type Plan = { name: string; interval: "month" | "quarter" | "year"; monthlyMinor: number; weight: number };

export type Segment = {
  name: string;
  weight: number;
  plans: readonly Plan[];
  /** Units (seats, robots, sites) at the start, skewed to the low end. */
  units: readonly [number, number];
  /** Chance per month that a contract that could end does; annual contracts can only at their renewal. */
  churn: number;
  /** Chance per month that the units grow, and that they shrink. */
  expansion: number;
  contraction: number;
  /** Days from invoice to payment. */
  pays: readonly [number, number];
};

export type Channel = {
  name: string;
  weight: number;
  /** What one customer costs through it, in plain currency units. */
  acquisitionCost: number;
  /** Multiplies the churn of the segment. */
  churnFactor: number;
  /** Multiplies the units of the segment. */
  sizeFactor: number;
};

export type Anchor = { name: string; segment: string; channel: string; country: string; plan: string; steps: Path };

export type CustomerScript = {
  prefix: string;
  names: "industry" | "software" | "health" | "tokyo" | "office" | "freight" | "trades";
  countries: readonly { name: string; weight: number }[];
  segments: readonly Segment[];
  channels: readonly Channel[];
  /** Monthly recurring revenue that sales steer for, in plain currency units. */
  target: Path;
  /** No more new customers than this in a month, so that a spike of churn shows. */
  salesCapacity: Path;
  churnSpikes?: readonly { monthsAgo: number; factor: number; segment?: string }[];
  priceRises?: readonly { monthsAgo: number; rate: number }[];
  /** Customers by name with their monthly amount in plain currency units. */
  anchors?: readonly Anchor[];
  /** Chance per month that a lost customer comes back. */
  winBack: number;
  /** Share of customers whose segment and channel nobody wrote down. */
  unknownShare?: number;
};

export type BillingScript = {
  prefix: string;
  /** Twelve factors, January first, on usage and one-off sales. */
  season: readonly number[];
  /** Usage as a share of the recurring amount, for the segments that have it. */
  usage?: { segments: readonly string[]; share: number };
  /** A one-off sale: chance per customer and month, and its size in plain units. */
  oneOff?: { chance: number; size: readonly [number, number] };
  refundChance: number;
  /** No refund above this, in plain units. */
  refundCap: number;
  voidChance: number;
  badDebtChance: number;
};

export type FinanceScript = {
  grossMargin: Path;
  ebitdaMargin: Path;
  /** Loaded cost of one employee per month, in plain currency units. */
  costPerHead: number;
  /** Share of the cost of revenue that is people. */
  deliveryStaff: number;
  /** Shares of the payroll that is not cost of revenue. */
  payroll: { salesAndMarketing: number; researchAndDevelopment: number; generalAndAdministrative: number };
  /** Cash at the end: plain units, or months of the mean burn of the last quarter. */
  endingCash: { amount: number } | { months: number };
  /** Central valuation in plain units at the last month and its change per quarter, newest first. */
  valuation: { amount: number; spread: number; quarters: readonly number[] };
  readiness: Path;
  keyPeople: number;
  keyPeopleLeft?: readonly number[];
  /** What the budget hoped for: growth over the year before, for each year that has one. */
  budgetGrowth: Readonly<Record<string, number>>;
  /** Visitors per new customer; 0 where there is no public site worth counting. */
  visitorsPerCustomer: number;
  takeRate?: number;
  /** Months ago for which nothing was reported, and metrics that are never reported. */
  gaps?: { months: readonly number[]; metrics: readonly string[] };
  /** Finance books this much more (or less) than was billed, in plain units, by months ago. */
  disagreement?: Path;
};

export type Round = {
  classId: string;
  name: string;
  date: string;
  pricePerShare: string;
  seniority: number;
  multiple: string;
  capMultiple?: string;
  /** Holder id and shares. */
  buyers: readonly (readonly [string, number])[];
  /** What the charter says; left out where nobody has answered yet. */
  terms?: { participation: "none" | "full" | "capped"; capMultiple?: string; evidence: string };
};

export type Holder = { id: string; name: string; kind: "INDIVIDUAL" | "INSTITUTION"; relation: string };

export type CapTableScript = {
  legalName: string;
  country: string;
  formedOn: string;
  /** Shares that the first founder sold to another holder. */
  secondary?: { date: string; shares: number; buyer: string };
  holders: readonly Holder[];
  founders: readonly (readonly [string, number])[];
  rounds: readonly Round[];
  /** Grants: holder id, options, date, strike. */
  pool: { shares: number; from: string; grants: readonly (readonly [string, number, string, string])[] };
};

export type FileScript = {
  dialect: "plain" | "european" | "stripe";
  metrics: "long" | "period-columns" | "metric-columns";
  /** Which tables are workbooks instead of text. */
  workbooks: readonly VentureKind[];
};

/** The value of a path `ago` months before the end; flat beyond its ends. */
export function along(path: Path, ago: number): number {
  const sorted = [...path].sort((a, b) => b[0] - a[0]);
  const later = sorted.findIndex(([at]) => at <= ago);
  const [to, from] = [sorted[later < 0 ? sorted.length - 1 : later], sorted[Math.max(later - 1, 0)]];
  if (!to || !from) throw new RangeError("A path needs a point");
  if (later <= 0 || to[0] === from[0]) return to[1];
  return from[1] + ((to[1] - from[1]) * (from[0] - ago)) / (from[0] - to[0]);
}
