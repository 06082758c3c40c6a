import { short } from "./cells";
import { type Discount, isRecurring, netPrice } from "./discount";
import { INTERVAL_MONTHS, plainName } from "./fields";
import type { ReaderInput, Row, RowOutcome } from "./row";
import {
  type PaidSpan,
  paidSpan,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
  type Treatment,
} from "./subscription-status";

export function subscriptionReader(row: Row, { asOfDay }: ReaderInput) {
  return (): RowOutcome => {
    const id = row.text("externalId", true);
    const customer = row.text("customerExternalId", true);
    const plan = row.text("plan");
    const span = readSpan(row);
    const money = row.money("amount");
    if (money?.minor.startsWith("-"))
      row.reject("amount", "NEGATIVE_VALUE", "A subscription's price cannot be below zero");
    const interval = readInterval(row);
    const quantity = row.number("quantity") ?? "1";
    if (quantity.startsWith("-")) row.reject("quantity", "NEGATIVE_VALUE", "A quantity cannot be below zero");
    if (quantity.replace(/\..*/, "").length > 14)
      row.reject("quantity", "TOO_LARGE", "More digits than any quantity can have");
    const { discount, treatments } = readDiscount(row, asOfDay);
    const fields = () => {
      const price =
        money && discount ? netPrice(money.minor, quantity, discount) : { minor: money?.minor ?? null, quantity };
      const paid = [span?.startOn ?? null, span?.endOn ?? null];
      return [id, customer, plan, ...paid, price.minor, money?.currency ?? null, interval, price.quantity];
    };
    return row.outcome(id ?? "", fields, [...(span?.treatments ?? []), ...treatments]);
  };
}

const words = (table: Readonly<Record<SubscriptionStatus, string>>) =>
  new Map(SUBSCRIPTION_STATUSES.flatMap((status) => table[status].split("|").map((word) => [word, status] as const)));

/** Beside Stripe's own: the words of HubSpot, Chargebee and Recurly. */
const STATUS_WORDS = words({
  active: "active|live|current|scheduled|future|non renewing|renewing|ok",
  trialing: "trialing|trial|in trial|trialling",
  incomplete: "incomplete",
  incomplete_expired: "incomplete expired",
  past_due: "past due|overdue|in arrears",
  canceled: "canceled|cancelled|ended|expired|terminated|churned",
  unpaid: "unpaid",
  paused: "paused|on hold|suspended",
});

function readStatus(row: Row): SubscriptionStatus | null {
  const text = row.text("status");
  if (text === null) return null;
  const known = STATUS_WORDS.get(plainName(text));
  const all = SUBSCRIPTION_STATUSES.join(", ");
  return known ?? row.reject("status", "UNKNOWN_CHOICE", `"${short(text)}" is none of ${all}`);
}

const YES = new Set(["true", "yes", "1", "y", "t"]);
const NO = new Set(["false", "no", "0", "n", "f"]);

function readFlag(row: Row, key: string): boolean | null {
  const text = row.text(key);
  if (text === null) return null;
  const plain = plainName(text);
  if (YES.has(plain)) return true;
  return NO.has(plain) ? false : row.reject(key, "UNKNOWN_CHOICE", `"${short(text)}" is neither yes nor no`);
}

const MISSING = {
  end: ["endOn", "It is cancelled, but no column says on which day it ended"],
  unpaidSince: ["periodStart", "It is unpaid, but no column says since when"],
  pausedSince: ["periodStart", "It is paused, but no column says since when"],
} as const;

function readSpan(row: Row): PaidSpan | null {
  const startOn = row.date("startOn", true);
  const endOn = row.date("endOn");
  if (startOn && endOn && endOn < startOn)
    return row.reject("endOn", "END_BEFORE_START", `It ends on ${endOn}, before it starts on ${startOn}`);
  const days = {
    status: readStatus(row),
    endOn,
    canceledOn: row.date("canceledOn"),
    cancelAt: row.date("cancelAt"),
    cancelAtPeriodEnd: readFlag(row, "cancelAtPeriodEnd"),
    periodStart: row.date("periodStart"),
    periodEnd: row.date("periodEnd"),
    trialEnd: row.date("trialEnd"),
  };
  if (startOn === null || row.rejects.length > 0) return null;
  const span = paidSpan({ ...days, startOn });
  if (!("missing" in span)) return span;
  const [key, message] = MISSING[span.missing];
  return row.reject(key, "MISSING_VALUE", message);
}

type Read = { discount: Discount | null; treatments: Treatment[] };

/** What the file says of a discount, if it is part of what recurs. A coupon alone names a reduction but not how large it is. */
function readDiscount(row: Row, asOfDay: string): Read {
  const discount: Discount = {
    percent: row.number("discountPercent"),
    offMinor: row.moneyIfAny("discountAmount")?.minor.replace("-", "") ?? null,
    duration: row.text("discountDuration")?.toLowerCase() ?? null,
    endOn: row.date("discountEnd"),
  };
  const { percent, offMinor } = discount;
  if (percent !== null && (percent.startsWith("-") || Number(percent) > 100))
    row.reject("discountPercent", "UNREADABLE_NUMBER", "A discount lies between 0 and 100 percent");
  if (isRecurring(discount, asOfDay)) return { discount, treatments: ["discounted"] };
  if (percent !== null || offMinor !== null)
    return {
      discount: null,
      treatments: isRecurring({ ...discount, duration: null, endOn: null }, asOfDay) ? ["discount_over"] : [],
    };
  return { discount: null, treatments: row.text("coupon") === null ? [] : ["coupon_unknown"] };
}

const INTERVAL_BY_MONTHS: ReadonlyMap<number, string> = new Map([
  [1, "month"],
  [3, "quarter"],
  [12, "year"],
]);

function readInterval(row: Row): string | null {
  const text = row.text("interval", true);
  if (text === null) return null;
  const months = INTERVAL_MONTHS.get(plainName(text));
  const count = Number(row.number("intervalCount") ?? "1");
  const interval = months === undefined ? undefined : INTERVAL_BY_MONTHS.get(months * count);
  return (
    interval ??
    row.reject(
      "interval",
      "UNKNOWN_INTERVAL",
      `"${short(text)}"${count === 1 ? "" : ` × ${count}`} is none of month, quarter, year`,
    )
  );
}
