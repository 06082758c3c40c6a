import { addDays, addMonths, dayOf } from "./calendar";
import { type CustomerBook, monthlyOf, type SubscriptionRow } from "./customers";
import type { Random } from "./random";
import type { BillingScript, Segment } from "./script";

export type InvoiceRow = {
  id: string;
  customerId: string;
  issuedOn: string;
  periodStart: string;
  periodEnd: string;
  amountMinor: bigint;
  kind: "recurring" | "usage" | "one_off" | "refund";
  status: "open" | "paid" | "void";
  /** The day the money came (or went, for a refund); null while it has not. Not part of any file. */
  paidOn: string | null;
};

type Draft = Omit<InvoiceRow, "id" | "status" | "paidOn"> & { fate: "normal" | "void" | "refund" };

type Desk = {
  script: BillingScript;
  random: Random;
  segments: ReadonlyMap<string, Segment>;
  unit: number;
  lastDay: string;
  drafts: Draft[];
};

/**
 * Contracts of a quarter or a year are billed in monthly instalments on the day they began, so that the invoices of a
 * month are the revenue recognised in it.
 */
export function billCustomers(
  script: BillingScript,
  book: CustomerBook,
  random: Random,
  months: readonly string[],
  unit: number,
): InvoiceRow[] {
  const lastDay = dayOf(months.at(-1) ?? "", 31);
  const desk: Desk = { script, random, segments: book.segmentOf, unit, lastDay, drafts: [] };
  for (const row of book.subscriptions) for (const month of months) billMonth(desk, row, month);
  desk.drafts.sort((a, b) => (a.issuedOn < b.issuedOn ? -1 : a.issuedOn > b.issuedOn ? 1 : 0));
  return desk.drafts.map((draft, index) => settle(desk, draft, index));
}

const isBilled = (row: SubscriptionRow, day: string): boolean =>
  day >= row.startOn && (row.endOn === null || day < row.endOn);

function billMonth(desk: Desk, row: SubscriptionRow, month: string): void {
  const issuedOn = dayOf(month, Number(row.startOn.slice(8)));
  if (!isBilled(row, issuedOn)) return;
  const { script, random } = desk;
  const amountMinor = monthlyOf(row);
  const periodEnd = addDays(dayOf(addMonths(month, 1), Number(row.startOn.slice(8))), -1);
  const draft = { customerId: row.customerId, issuedOn, periodStart: issuedOn, periodEnd, amountMinor } as const;
  if (random.chance(script.voidChance) && issuedOn.slice(8) < "25") {
    desk.drafts.push({ ...draft, kind: "recurring", fate: "void" });
    desk.drafts.push({ ...draft, issuedOn: addDays(issuedOn, 3), kind: "recurring", fate: "normal" });
  } else desk.drafts.push({ ...draft, kind: "recurring", fate: "normal" });
  billExtras(desk, row.customerId, month, Number(amountMinor));
  if (random.chance(script.refundChance)) refund(desk, draft, Number(amountMinor));
}

function billExtras(desk: Desk, customerId: string, month: string, monthly: number): void {
  const { script, random, segments, unit } = desk;
  const season = script.season[Number(month.slice(5)) - 1] ?? 1;
  const issuedOn = dayOf(month, 28);
  const base = { customerId, issuedOn, periodStart: dayOf(month, 1), periodEnd: issuedOn, fate: "normal" } as const;
  const segment = segments.get(customerId)?.name ?? "";
  if (script.usage?.segments.includes(segment)) {
    const amount = Math.round(monthly * script.usage.share * season * (1 + 0.15 * random.noise()));
    if (amount > 0) desk.drafts.push({ ...base, kind: "usage", amountMinor: BigInt(amount) });
  }
  if (script.oneOff && random.chance(script.oneOff.chance * season)) {
    const [low, high] = script.oneOff.size;
    const amount = Math.round(low + (high - low) * random.next() * random.next()) * unit;
    desk.drafts.push({ ...base, kind: "one_off", amountMinor: BigInt(amount) });
  }
}

function refund(
  desk: Desk,
  draft: Pick<Draft, "customerId" | "issuedOn" | "periodStart" | "periodEnd">,
  monthly: number,
): void {
  const issuedOn = addDays(draft.issuedOn, desk.random.whole(5, 20));
  if (issuedOn > desk.lastDay) return;
  const amountMinor = -BigInt(
    Math.round(Math.min(monthly * (0.3 + 0.7 * desk.random.next()), desk.script.refundCap * desk.unit)),
  );
  if (amountMinor < 0n) desk.drafts.push({ ...draft, issuedOn, amountMinor, kind: "refund", fate: "refund" });
}

function settle(desk: Desk, { fate, ...draft }: Draft, index: number): InvoiceRow {
  const id = `${desk.script.prefix}-${draft.issuedOn.slice(0, 4)}-${String(index + 1).padStart(5, "0")}`;
  if (fate === "void") return { id, ...draft, status: "void", paidOn: null };
  if (fate === "refund") return { id, ...draft, status: "paid", paidOn: draft.issuedOn };
  const [soonest, latest] = desk.segments.get(draft.customerId)?.pays ?? [0, 0];
  const paidOn = addDays(draft.issuedOn, desk.random.whole(soonest, latest));
  const lost = desk.random.chance(desk.script.badDebtChance);
  if (lost || paidOn > desk.lastDay) return { id, ...draft, status: "open", paidOn: null };
  return { id, ...draft, status: "paid", paidOn };
}
