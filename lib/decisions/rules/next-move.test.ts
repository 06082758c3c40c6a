import fc from "fast-check";
import { expect, test } from "vitest";
import type { MemoStatus } from "../schema";
import { type Move, nextMove, type RunFacts } from "./next-move";

const NOW = new Date("2026-11-22T12:00:00Z");
const seconds = (count: number) => new Date(NOW.getTime() + count * 1_000);
const facts = (more: Partial<RunFacts> = {}): RunFacts => ({
  status: "pending",
  version: 4,
  expiresAt: seconds(3_600),
  decidedAt: null,
  done: false,
  conditionsHold: null,
  held: false,
  conditionsUntil: null,
  openQuestion: null,
  undoMs: 60_000,
  ...more,
});
const decided = { decidedAt: NOW };

test.each<[string, Partial<RunFacts>, Move]>([
  ["open: wait until it expires", {}, { kind: "wait", seconds: 3_600 }],
  ["deferred: the same", { status: "deferred" }, { kind: "wait", seconds: 3_600 }],
  ["open and over", { expiresAt: NOW }, { kind: "expire", version: 4 }],
  ["a question for the agent", { status: "question", openQuestion: "q" }, { kind: "ask", questionId: "q" }],
  ["a question on a memo that is over", { openQuestion: "q", expiresAt: NOW }, { kind: "expire", version: 4 }],
  ["approved", { status: "approved", ...decided }, { kind: "execute", version: 4 }],
  ["approved without a verdict", { status: "approved" }, { kind: "end", status: "approved" }],
  ["carried out a moment ago", { status: "approved", done: true, ...decided }, { kind: "wait", seconds: 60 }],
  [
    "carried out, minute over",
    { status: "approved", done: true, decidedAt: seconds(-60) },
    { kind: "end", status: "approved" },
  ],
  ["rejected a moment ago", { status: "rejected", ...decided }, { kind: "wait", seconds: 60 }],
  ["conditions hold", { status: "conditional", ...decided, conditionsHold: true }, { kind: "execute", version: 4 }],
  [
    "conditions do not hold yet",
    { status: "conditional", ...decided, conditionsHold: false, conditionsUntil: seconds(100) },
    { kind: "wait", seconds: 100 },
  ],
  [
    "conditions far away are looked at every six hours",
    { status: "conditional", ...decided, conditionsHold: false, conditionsUntil: seconds(1_000_000) },
    { kind: "wait", seconds: 21_600 },
  ],
  [
    "conditions did not come true",
    { status: "conditional", ...decided, conditionsHold: false, conditionsUntil: NOW },
    { kind: "lapse", version: 4 },
  ],
  [
    "carried out on conditions, which are watched through their last day",
    { status: "conditional", ...decided, done: true, conditionsHold: true, conditionsUntil: seconds(100) },
    { kind: "wait", seconds: 100 },
  ],
  [
    "suspended the moment one is false",
    { status: "conditional", ...decided, done: true, conditionsHold: false, conditionsUntil: seconds(100) },
    { kind: "suspend", version: 4 },
  ],
  [
    "once",
    { status: "conditional", ...decided, done: true, held: true, conditionsHold: false, conditionsUntil: seconds(100) },
    { kind: "wait", seconds: 100 },
  ],
  [
    "on again when all hold",
    { status: "conditional", ...decided, done: true, held: true, conditionsHold: true, conditionsUntil: seconds(100) },
    { kind: "resume", version: 4 },
  ],
  [
    "held when the last day is over: it lapses",
    { status: "conditional", ...decided, done: true, held: true, conditionsHold: false, conditionsUntil: NOW },
    { kind: "lapse", version: 4 },
  ],
  [
    "not held when the last day is over: the approval stands",
    { status: "conditional", decidedAt: seconds(-60), done: true, conditionsHold: null, conditionsUntil: NOW },
    { kind: "end", status: "conditional" },
  ],
  ["expired", { status: "expired" }, { kind: "end", status: "expired" }],
  ["reversed", { status: "reversed", ...decided }, { kind: "end", status: "reversed" }],
  ["withdrawn", { status: "withdrawn", ...decided }, { kind: "end", status: "withdrawn" }],
])("%s", (_case, more, move) => {
  expect(nextMove(facts(more), NOW)).toEqual(move);
});

test("time alone approves nothing: whatever is stored, only an approval with a verdict is carried out", () => {
  const statuses: readonly MemoStatus[] = [
    ...(["pending", "question", "deferred", "confirming", "approved", "conditional"] as const),
    ...(["rejected", "expired", "withdrawn", "reversed"] as const),
  ];
  const moment = fc.integer({ min: -10_000_000, max: 10_000_000 }).map(seconds);
  const any = fc.record({
    ...{ status: fc.constantFrom(...statuses), version: fc.integer({ min: 1, max: 9 }), expiresAt: moment },
    ...{
      decidedAt: fc.option(moment),
      done: fc.boolean(),
      conditionsHold: fc.option(fc.boolean()),
      held: fc.boolean(),
    },
    ...{ conditionsUntil: fc.option(moment), openQuestion: fc.option(fc.constant("q")), undoMs: fc.constant(60_000) },
  });
  fc.assert(
    fc.property(any, moment, (stored, now) => {
      const { kind } = nextMove(stored, now);
      if (kind !== "execute") return;
      expect(stored.decidedAt).not.toBeNull();
      expect(stored.done).toBe(false);
      expect(stored.status === "approved" || (stored.status === "conditional" && stored.conditionsHold === true)).toBe(
        true,
      );
    }),
    { numRuns: 2_000 },
  );
});
