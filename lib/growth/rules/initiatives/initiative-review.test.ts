import { describe, expect, test } from "vitest";
import { findMetric } from "@/lib/metrics/schema";
import { Exact } from "@/lib/money";
import { LEVER_KINDS, LEVER_LEADING, LEVER_METRICS } from "../../schema";
import { growthDoneWhen } from "./initiative-done-when";
import { measureOf, movesToo } from "./initiative-measure";
import { announcementBody, MOST_ATTEMPTS, nextMessageMove, waitAfter } from "./initiative-outbound";
import {
  type FollowFacts,
  failuresInARow,
  monthsSince,
  nextFollowMove,
  nextReview,
  type Outcome,
  returnTooLow,
  reviewMonthsOf,
} from "./initiative-review";

describe("review dates", () => {
  test.each([
    ["2026-01-31", 1, "2026-01-31", "2026-02-28"],
    ["2026-01-31", 1, "2026-02-28", "2026-03-31"],
    ["2026-02-20", 3, "2026-02-20", "2026-05-20"],
    ["2026-02-20", 3, "2026-12-01", "2027-02-20"],
    ["2024-02-29", 12, "2024-02-29", "2025-02-28"],
  ])("from %s by %i months, on %s: %s", (reviewOn, months, today, next) => {
    expect(nextReview(reviewOn, months, today)).toBe(next);
  });

  test.each([
    ["monthly", 1],
    ["quarterly", 3],
    ["semi-annually", 6],
    ["annually", 12],
    ["never heard of", 3],
  ])("%s is every %i months", (frequency, months) => {
    expect(reviewMonthsOf(frequency)).toBe(months);
  });

  test.each([
    ["2026-01-31", "2026-07-30", 5],
    ["2026-01-31", "2026-07-31", 6],
    ["2026-01-31", "2026-01-31", 0],
  ])("from %s to %s: %i whole months", (from, to, months) => {
    expect(monthsSince(from, to)).toBe(months);
  });
});

// Specification, section 4: "initiative ROI below 1x after 6 months".
test.each<[string, Partial<Parameters<typeof returnTooLow>[0]>, boolean]>([
  ["0.99 after six months", {}, true],
  ["exactly 1", { roi: new Exact(1) }, false],
  ["a day before six months", { reviewOn: "2026-06-30" }, false],
  ["a loss", { roi: new Exact(-2) }, true],
  ["unknown", { roi: null }, false],
  ["paused already", { status: "paused" }, false],
  ["never started", { startedOn: null }, false],
])("%s", (_case, more, expected) => {
  const facts = { status: "running" as const, startedOn: "2026-01-01", reviewOn: "2026-07-01", roi: new Exact("0.99") };
  expect(returnTooLow({ ...facts, ...more })).toBe(expected);
});

describe("failures in a row", () => {
  const outcome = (on: string, more: Partial<Outcome> = {}): Outcome => ({
    ...{ initiativeId: on, on, verdict: "cannot-tell", roi: null, lowReturn: false, ended: false },
    ...more,
  });
  const failed = (on: string) => outcome(on, { lowReturn: true });
  const worked = (on: string) => outcome(on, { verdict: "improved", roi: new Exact(3) });

  test.each<[string, Outcome[], string[]]>([
    ["none", [], []],
    ["three", [failed("1"), failed("2"), failed("3")], ["3", "2", "1"]],
    ["a success in between ends the row", [failed("1"), worked("2"), failed("3"), failed("4")], ["4", "3"]],
    ["a success last", [failed("1"), failed("2"), worked("3")], []],
    ["nobody can tell: neither counts nor breaks", [failed("1"), outcome("2"), failed("3")], ["3", "1"]],
    ["worsened is a failure", [outcome("1", { verdict: "worsened" })], ["1"]],
    [
      "ended below 1× is one, running below 1× is not yet",
      [
        outcome("1", { verdict: "improved", roi: new Exact("0.5"), ended: true }),
        outcome("2", { verdict: "cannot-tell", roi: new Exact("0.5") }),
      ],
      ["1"],
    ],
  ])("%s", (_case, outcomes, expected) => {
    expect(failuresInARow(outcomes).map(({ on }) => on)).toEqual(expected);
  });
});

describe("the run that follows", () => {
  const now = new Date("2026-06-15T12:00:00Z");
  const facts: FollowFacts = {
    ...{ status: "running", startedOn: "2026-01-01", endedOn: null, reviewOn: "2026-09-01", today: "2026-06-15" },
    ...{ reviewAt: new Date("2026-08-31T22:00:00Z"), open: null },
  };
  test.each<[string, Partial<FollowFacts>, object]>([
    ["waits a day at most", {}, { kind: "wait", seconds: 86_400 }],
    ["waits for the day itself", { reviewAt: new Date("2026-06-15T12:00:30Z") }, { kind: "wait", seconds: 30 }],
    ["measures on the day", { reviewOn: "2026-06-15" }, { kind: "measure", reviewOn: "2026-06-15" }],
    ["measures late", { reviewOn: "2026-06-01" }, { kind: "measure", reviewOn: "2026-06-01" }],
    [
      "concludes first",
      { reviewOn: "2026-06-01", open: { reviewOn: "2026-03-01" } },
      { kind: "conclude", reviewOn: "2026-03-01" },
    ],
    [
      "ends when taken back before it began",
      { status: "stopped", startedOn: null },
      { kind: "end", status: "stopped" },
    ],
    [
      "measures on for a year after the end",
      { status: "done", endedOn: "2026-05-01" },
      { kind: "wait", seconds: 86_400 },
    ],
    ["ends a year after the end", { status: "done", endedOn: "2025-08-01" }, { kind: "end", status: "done" }],
  ])("%s", (_case, more, move) => {
    expect(nextFollowMove({ ...facts, ...more }, now)).toEqual(move);
  });
});

describe("messages", () => {
  const now = new Date("2026-06-15T12:00:00Z");
  const facts = { attempts: 0, nextAt: now, deliveredAt: null, abandonedAt: null };
  test.each<[string, Partial<Parameters<typeof nextMessageMove>[0]>, object]>([
    ["due", {}, { kind: "send" }],
    ["not yet", { nextAt: new Date("2026-06-15T12:00:01.500Z") }, { kind: "wait", ms: 1_500 }],
    ["delivered", { deliveredAt: now }, { kind: "end", how: "delivered" }],
    ["taken back", { abandonedAt: now }, { kind: "end", how: "abandoned" }],
    ["tried often enough", { attempts: MOST_ATTEMPTS }, { kind: "give-up" }],
  ])("%s", (_case, more, move) => {
    expect(nextMessageMove({ ...facts, ...more }, now)).toEqual(move);
  });

  test("waits double up to six hours", () => {
    expect([1, 2, 3].map((attempt) => waitAfter(attempt, 5_000))).toEqual([5_000, 10_000, 20_000]);
    expect(waitAfter(40, 5_000)).toBe(21_600_000);
  });

  test("the text that is sent holds what the memo lists, and nothing else", () => {
    const action = {
      ...{ title: "Retention", lever: "retention-gap:Startup", ownerRole: "Head", metric: "gross_revenue_retention" },
      ...{ budgetMinor: "4200000", currency: "USD", reviewAfterDays: 90, stopRule: "Stop if not." },
      ...{ milestones: [{ title: "First", afterDays: 14, secret: "x" }], budgetFigure: "0123456789abcdef" },
    };
    const body = JSON.parse(announcementBody("Northwind", action));
    expect(Object.keys(body)).toEqual(["event", "venture", "initiative"]);
    expect(Object.keys(body.initiative).sort()).toEqual([
      "budgetMinor",
      "currency",
      "lever",
      "metric",
      "milestones",
      "ownerRole",
      "reviewAfterDays",
      "stopRule",
      "title",
    ]);
    expect(body.initiative.milestones).toEqual([{ title: "First", afterDays: 14 }]);
  });
});

test.each([
  [
    "retention-gap:Startup",
    "gross_revenue_retention",
    { key: "gross_revenue_retention", group: { dimension: "segment", name: "Startup" }, scale: "absolute" },
  ],
  [
    "channel-mix:Ads: paid",
    "gross_revenue_retention",
    { key: "gross_revenue_retention", group: { dimension: "channel", name: "Ads: paid" } },
  ],
  ["expansion-gap:Mid", "expansion", { key: "expansion", group: { dimension: "segment", name: "Mid" } }],
  ["price-dispersion:Team", "arpa", { key: "arpa", group: null, scale: "relative", unit: "EUR" }],
  ["concentration", "customer_concentration", { key: "customer_concentration", direction: "down" }],
  ["anything", "no_such_metric", { key: "no_such_metric", unit: "count", direction: "none" }],
])("%s is measured by its own group or metric", (lever, metric, expected) => {
  expect(measureOf({ lever, metric, currency: "EUR" })).toMatchObject(expected);
});

test.each(LEVER_KINDS)("an initiative about %s is measured in the metric that its target is given in", (kind) => {
  const metric = LEVER_METRICS[kind];
  expect(findMetric(metric)).not.toBeNull();
  expect(measureOf({ lever: `${kind}:Mid`, metric, currency: "EUR" }).key).toBe(metric);
  expect(findMetric(LEVER_LEADING[kind])).not.toBeNull();
  expect(LEVER_LEADING[kind]).not.toBe(metric);
});

describe("who moves the same measure", () => {
  const of = (key: string, dimension: "segment" | "channel" | null = null, name = "Mid") => ({
    key,
    group: dimension && { dimension, name },
  });
  test.each([
    ["the same metric", of("mrr"), of("mrr"), true],
    ["another one", of("mrr"), of("customers"), false],
    ["the same of one segment and of all", of("expansion", "segment"), of("expansion"), true],
    ["of two segments", of("expansion", "segment"), of("expansion", "segment", "Large"), false],
    [
      "of a segment and of a channel, which share customers",
      of("expansion", "segment"),
      of("expansion", "channel"),
      true,
    ],
    ["a part of net retention", of("expansion", "segment"), of("net_revenue_retention"), true],
    ["the two parts of it", of("expansion"), of("gross_revenue_retention"), false],
  ])("%s", (_case, one, other, expected) => {
    expect([movesToo(one, other), movesToo(other, one)]).toEqual([expected, expected]);
  });
});

describe("done when", () => {
  const initiative = { title: "a", status: "running" as const, milestones: 2, reached: 0, verdict: null };
  const holds = (facts: Parameters<typeof growthDoneWhen>[0]) => growthDoneWhen(facts).map((line) => line.holds);

  test("nothing stored: neither identified nor executed, and nobody knows about the metrics", () => {
    expect(holds({ analysis: null, initiatives: [] })).toEqual([false, false, null]);
  });

  test.each<
    [string, Partial<typeof initiative>[] | { verdict: "improved" | "worsened" | "cannot-tell" }[], (boolean | null)[]]
  >([
    ["half done", [{ reached: 1 }], [true, false, null]],
    ["all milestones of one", [{ reached: 2 }], [true, true, null]],
    ["improved", [{ verdict: "improved" }], [true, false, true]],
    ["one better, one worse", [{ verdict: "improved" }, { verdict: "worsened" }], [true, false, false]],
    ["cannot tell", [{ verdict: "cannot-tell" }], [true, false, null]],
  ])("%s", (_case, initiatives, expected) => {
    const facts = initiatives.map((more) => ({ ...initiative, ...more }));
    expect(holds({ analysis: { levers: 3, writtenOn: "2026-06-01" }, initiatives: facts })).toEqual(expected);
  });
});
