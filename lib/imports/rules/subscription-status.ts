/**
 * What a billing system's status means for the days that are paid. Source: Stripe, "How subscriptions work" (subscription
 * statuses) and "Subscription object" (cancel_at, canceled_at, ended_at, cancel_at_period_end, trial_end).
 */
export const SUBSCRIPTION_STATUSES = [
  "active",
  "trialing",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "canceled",
  "unpaid",
  "paused",
] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What was done with a row beyond copying it; the preview says how many of each there are. */
export const TREATMENTS = [
  "trial_ends",
  "trial_open",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "canceled",
  "cancel_scheduled",
  "unpaid",
  "paused",
  "discounted",
  "discount_over",
  "coupon_unknown",
  "lines_summed",
] as const;
export type Treatment = (typeof TREATMENTS)[number];

/** As a row has them; days are YYYY-MM-DD, null where the file says nothing. */
export type SubscriptionDays = {
  /** Null: the file has no status. */
  status: SubscriptionStatus | null;
  startOn: string;
  endOn: string | null;
  canceledOn: string | null;
  cancelAt: string | null;
  cancelAtPeriodEnd: boolean | null;
  periodStart: string | null;
  periodEnd: string | null;
  trialEnd: string | null;
};

/** From the first paid day to the first day no longer paid; both the same: no day is paid. */
export type PaidSpan = { startOn: string; endOn: string | null; treatments: Treatment[] };
export type UnknownSpan = { missing: "end" | "unpaidSince" | "pausedSince" };

const later = (a: string, b: string | null): string => (b !== null && b > a ? b : a);

/**
 * The days that somebody pays for. A trial is not paid: the span begins where it ends. What was never paid keeps no paid
 * day, so that a later file of the same source can tell otherwise and an earlier one is put right.
 */
export function paidSpan(days: SubscriptionDays): PaidSpan | UnknownSpan {
  const { status, trialEnd } = days;
  const startOn = later(days.startOn, trialEnd);
  const never = (treatment: Treatment): PaidSpan => ({ startOn, endOn: startOn, treatments: [treatment] });
  if (status === "incomplete" || status === "incomplete_expired") return never(status);
  if (status === "trialing" && trialEnd === null) return never("trial_open");
  if (status === "paused") return pausedSpan(days, startOn);
  const end = endOf(days);
  if (end === "unknown") return { missing: status === "unpaid" ? "unpaidSince" : "end" };
  const treatments: Treatment[] = [
    ...(startOn > days.startOn ? (["trial_ends"] as const) : []),
    ...(status === "past_due" || status === "canceled" || status === "unpaid" ? [status] : []),
    ...(end.scheduled ? (["cancel_scheduled"] as const) : []),
  ];
  return { startOn, endOn: end.on && later(startOn, end.on), treatments };
}

/** Stripe pauses what has no payment method when its trial ends; others pause what was paid before. */
function pausedSpan({ endOn, periodStart, trialEnd }: SubscriptionDays, startOn: string): PaidSpan | UnknownSpan {
  const end = endOn ?? (trialEnd === null ? periodStart : startOn);
  return end === null ? { missing: "pausedSince" } : { startOn, endOn: later(startOn, end), treatments: ["paused"] };
}

/** The day of the cancellation is when it was asked for, not when it takes effect: that is only the last resort. */
function endOf(days: SubscriptionDays): { on: string | null; scheduled: boolean } | "unknown" {
  const { status, endOn, canceledOn, cancelAt, cancelAtPeriodEnd, periodStart, periodEnd } = days;
  if (endOn !== null) return { on: endOn, scheduled: false };
  if (status === "unpaid") return periodStart === null ? "unknown" : { on: periodStart, scheduled: false };
  const atPeriodEnd = cancelAtPeriodEnd === true ? periodEnd : null;
  if (status === "canceled") {
    const on = cancelAt ?? atPeriodEnd ?? canceledOn;
    return on === null ? "unknown" : { on, scheduled: false };
  }
  if (status === null && cancelAtPeriodEnd !== true) return { on: cancelAt ?? canceledOn, scheduled: false };
  const asked = cancelAt !== null || cancelAtPeriodEnd === true || canceledOn !== null;
  return asked ? { on: cancelAt ?? periodEnd, scheduled: true } : { on: null, scheduled: false };
}
