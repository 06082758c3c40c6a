import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  paidSpan,
  SUBSCRIPTION_STATUSES,
  type SubscriptionDays,
  type SubscriptionStatus,
  type Treatment,
} from "./subscription-status";

const NONE: SubscriptionDays = {
  status: "active",
  startOn: "2026-01-10",
  endOn: null,
  canceledOn: null,
  cancelAt: null,
  cancelAtPeriodEnd: null,
  periodStart: null,
  periodEnd: null,
  trialEnd: null,
};
const span = (startOn: string, endOn: string | null, ...treatments: Treatment[]) => ({ startOn, endOn, treatments });

/** Stripe, "How subscriptions work": what each status means; "The subscription object": what each day is. */
describe("the days that are paid", () => {
  test.each<[string, Partial<SubscriptionDays>, ReturnType<typeof paidSpan>]>([
    ["active", {}, span("2026-01-10", null)],
    ["active, after a trial", { trialEnd: "2026-01-24" }, span("2026-01-24", null, "trial_ends")],
    ["on trial until a day", { status: "trialing", trialEnd: "2026-05-01" }, span("2026-05-01", null, "trial_ends")],
    ["on trial without an end", { status: "trialing" }, span("2026-01-10", "2026-01-10", "trial_open")],
    [
      "cancelled during its trial",
      { status: "canceled", trialEnd: "2026-01-24", endOn: "2026-01-20" },
      span("2026-01-24", "2026-01-24", "trial_ends", "canceled"),
    ],
    ["incomplete", { status: "incomplete" }, span("2026-01-10", "2026-01-10", "incomplete")],
    [
      "incomplete and expired",
      { status: "incomplete_expired", endOn: "2026-01-11" },
      span("2026-01-10", "2026-01-10", "incomplete_expired"),
    ],
    ["past due", { status: "past_due" }, span("2026-01-10", null, "past_due")],
    [
      "cancelled: it ended later than that was asked for",
      { status: "canceled", canceledOn: "2026-02-03", endOn: "2026-02-10" },
      span("2026-01-10", "2026-02-10", "canceled"),
    ],
    [
      "cancelled at the period's end, without the day on which it ended",
      { status: "canceled", canceledOn: "2026-02-03", cancelAtPeriodEnd: true, periodEnd: "2026-02-10" },
      span("2026-01-10", "2026-02-10", "canceled"),
    ],
    [
      "cancelled, only the day of the request",
      { status: "canceled", canceledOn: "2026-02-03" },
      span("2026-01-10", "2026-02-03", "canceled"),
    ],
    ["cancelled on an unknown day", { status: "canceled" }, { missing: "end" }],
    [
      "active, cancellation asked for at the period's end",
      { canceledOn: "2026-02-03", cancelAtPeriodEnd: true, periodEnd: "2026-02-10" },
      span("2026-01-10", "2026-02-10", "cancel_scheduled"),
    ],
    [
      "active, cancellation set for a day",
      { canceledOn: "2026-02-03", cancelAt: "2026-12-31", periodEnd: "2026-02-10" },
      span("2026-01-10", "2026-12-31", "cancel_scheduled"),
    ],
    [
      "active, cancellation asked for, the day of its effect unknown",
      { canceledOn: "2026-02-03" },
      span("2026-01-10", null, "cancel_scheduled"),
    ],
    [
      "past due, cancellation asked for",
      { status: "past_due", cancelAtPeriodEnd: true, periodEnd: "2026-02-10" },
      span("2026-01-10", "2026-02-10", "past_due", "cancel_scheduled"),
    ],
    [
      "unpaid since a period",
      { status: "unpaid", periodStart: "2026-03-10" },
      span("2026-01-10", "2026-03-10", "unpaid"),
    ],
    ["unpaid since an unknown day", { status: "unpaid" }, { missing: "unpaidSince" }],
    [
      "paused when its trial ended",
      { status: "paused", trialEnd: "2026-01-24" },
      span("2026-01-24", "2026-01-24", "paused"),
    ],
    [
      "paused after paid periods",
      { status: "paused", periodStart: "2026-04-10" },
      span("2026-01-10", "2026-04-10", "paused"),
    ],
    ["paused since an unknown day", { status: "paused" }, { missing: "pausedSince" }],
    ["no status, ended", { status: null, endOn: "2026-06-01" }, span("2026-01-10", "2026-06-01")],
    ["no status, cancelled on", { status: null, canceledOn: "2026-06-01" }, span("2026-01-10", "2026-06-01")],
  ])("%s", (_, days, expected) => {
    expect(paidSpan({ ...NONE, ...days })).toEqual(expected);
  });

  test("never end before they begin, and begin no earlier than the subscription", () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, "0")}`);
    const maybe = fc.option(day, { nil: null });
    const status = fc.option(fc.constantFrom<SubscriptionStatus>(...SUBSCRIPTION_STATUSES), { nil: null });
    const days = fc.record({
      ...{
        status,
        startOn: day,
        endOn: maybe,
        canceledOn: maybe,
        cancelAt: maybe,
        periodStart: maybe,
        periodEnd: maybe,
      },
      ...{ trialEnd: maybe, cancelAtPeriodEnd: fc.option(fc.boolean(), { nil: null }) },
    });
    fc.assert(
      fc.property(days, (given) => {
        const found = paidSpan(given);
        if ("missing" in found) return;
        expect(found.startOn >= given.startOn).toBe(true);
        expect(found.endOn === null || found.endOn >= found.startOn).toBe(true);
      }),
    );
  });
});
