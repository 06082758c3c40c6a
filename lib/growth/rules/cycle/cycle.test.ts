import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CYCLE_PHASES,
  type CycleFacts,
  type LoopFacts,
  loopStart,
  nextCycleMove,
  opensByItself,
  reviewDay,
} from "./cycle";

const NOW = new Date("2026-11-22T12:00:00Z");
const at = (iso: string) => new Date(iso);

const facts = (given: Partial<CycleFacts>): CycleFacts => ({
  status: "running",
  phase: "analyse",
  growthOpen: true,
  run: null,
  attempts: 0,
  openMemos: 0,
  reviewAt: at("2027-02-22T00:00:00Z"),
  ...given,
});

const over = (state: "succeeded" | "failed", endedAt = NOW) => ({ state, endedAt });

describe("the review's day", () => {
  test.each([
    ["2026-11-22", "monthly", "2026-12-22"],
    ["2026-11-30", "quarterly", "2027-02-28"],
    ["2027-08-31", "semi-annually", "2028-02-29"],
    ["2028-02-29", "annually", "2029-02-28"],
  ] as const)("%s %s is %s", (opened, frequency, expected) => expect(reviewDay(opened, frequency)).toBe(expected));
});

const loop = (given: Partial<LoopFacts>): LoopFacts => ({
  ...{ growthOpen: true, autonomy: "assisted", takenOverOn: null, today: "2026-11-22", last: null },
  ...given,
});

test.each<[string, Partial<LoopFacts>, boolean]>([
  ["stage 40 began", {}, true],
  ["at auto as well", { autonomy: "auto" }, true],
  ["not at manual: the chairman begins everything", { autonomy: "manual" }, false],
  ["not where 40.1 is closed", { growthOpen: false }, false],
  ["not beside one that runs", { last: "running" }, false],
  ["not beside one that is paused", { last: "paused" }, false],
  ["not after a person cancelled it", { last: "cancelled" }, false],
  ["again where 40.1 ended and came back", { last: "closed" }, true],
  ["not in the week after the venture was taken over", { takenOverOn: "2026-11-16" }, false],
  ["then it does", { takenOverOn: "2026-11-15" }, true],
  ["not at manual, however long ago it was taken over", { takenOverOn: "2024-11-15", autonomy: "manual" }, false],
])("the first turn opens by itself: %s", (_case, given, opens) => {
  expect(opensByItself(loop(given))).toBe(opens);
});

test.each<[string, Partial<LoopFacts>, unknown]>([
  ["today", {}, { by: "itself", on: "2026-11-22", settling: false }],
  ["in a few days", { takenOverOn: "2026-11-20" }, { by: "itself", on: "2026-11-27", settling: true }],
  ["after a cancellation", { last: "cancelled", autonomy: "manual" }, { by: "person", because: "cancelled" }],
  ["at manual", { autonomy: "manual" }, { by: "person", because: "manual" }],
  ["beside one", { last: "paused" }, { by: "person", because: "open" }],
  ["without 40.1", { growthOpen: false, last: "running" }, { by: "person", because: "growth-closed" }],
])("when the loop begins, and who begins it: %s", (_case, given, expected) => {
  expect(loopStart(loop(given))).toEqual(expected);
});

describe("what the loop does next", () => {
  test.each<[string, Partial<CycleFacts>, unknown]>([
    ["it begins with the analysis", {}, { kind: "analyse" }],
    ["it waits for it", { run: { state: "active", endedAt: null }, attempts: 1 }, { kind: "wait", seconds: 60 }],
    ["then the decisions", { run: over("succeeded"), attempts: 1 }, { kind: "advance", to: "decide" }],
    ["a failed analysis waits an hour", { run: over("failed"), attempts: 1 }, { kind: "wait", seconds: 3_600 }],
    ["and is begun again", { run: over("failed", at("2026-11-22T11:00:00Z")), attempts: 1 }, { kind: "analyse" }],
    ["three times at most", { run: over("failed"), attempts: 3 }, { kind: "advance", to: "decide" }],
    [
      "an unanswered memo holds it",
      { phase: "decide", run: over("succeeded"), openMemos: 1 },
      { kind: "wait", seconds: 21_600 },
    ],
    ["answered memos let it go on", { phase: "decide", run: over("succeeded") }, { kind: "advance", to: "execute" }],
    ["execution lasts until the review", { phase: "execute" }, { kind: "wait", seconds: 21_600 }],
    [
      "and wakes when its day begins",
      { phase: "execute", reviewAt: at("2026-11-22T12:10:00Z") },
      { kind: "wait", seconds: 600 },
    ],
    ["a review that is due cuts it short", { phase: "execute", reviewAt: NOW }, { kind: "advance", to: "measure" }],
    [
      "unanswered memos do not stop a review",
      { phase: "decide", openMemos: 2, reviewAt: NOW },
      { kind: "advance", to: "measure" },
    ],
    [
      "a running analysis ends before the review",
      { run: { state: "active", endedAt: null }, reviewAt: NOW },
      { kind: "wait", seconds: 60 },
    ],
    ["measured, it learns", { phase: "measure", reviewAt: NOW }, { kind: "advance", to: "learn" }],
    ["and closes", { phase: "learn", reviewAt: NOW }, { kind: "close" }],
    [
      "paused, it waits whatever is due",
      { status: "paused", phase: "execute", reviewAt: NOW },
      { kind: "wait", seconds: 21_600 },
    ],
    ["without 40.1 it stops, paused or not", { status: "paused", growthOpen: false }, { kind: "stop" }],
    ["closed is closed", { status: "closed", phase: "closed", growthOpen: false }, { kind: "end" }],
    ["cancelled is over", { status: "cancelled", phase: "execute", reviewAt: NOW }, { kind: "end" }],
  ])("%s", (_name, given, move) => expect(nextCycleMove(facts(given), NOW)).toEqual(move));

  test("it never goes back, and waits at least a second and at most six hours", () => {
    const order = (phase: string) => CYCLE_PHASES.indexOf(phase as never);
    const given = fc.record({
      status: fc.constantFrom("running", "paused", "closed", "cancelled"),
      phase: fc.constantFrom("analyse", "decide", "execute", "measure", "learn"),
      growthOpen: fc.boolean(),
      run: fc.option(fc.record({ state: fc.constantFrom("active", "succeeded", "failed"), endedAt: fc.constant(NOW) })),
      attempts: fc.nat(5),
      openMemos: fc.nat(3),
      reviewAt: fc.date({ min: at("2026-01-01T00:00:00Z"), max: at("2028-01-01T00:00:00Z"), noInvalidDate: true }),
    });
    fc.assert(
      fc.property(given, (random) => {
        const known = random as CycleFacts;
        const move = nextCycleMove(known, NOW);
        if (move.kind === "advance") expect(order(move.to)).toBeGreaterThan(order(known.phase));
        if (move.kind === "wait") expect(move.seconds >= 1 && move.seconds <= 21_600).toBe(true);
        if (move.kind === "analyse") expect(known.phase).toBe("analyse");
      }),
    );
  });
});
