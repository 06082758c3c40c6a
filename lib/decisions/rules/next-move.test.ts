import { expect, test } from "vitest";
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
  ["expired", { status: "expired" }, { kind: "end", status: "expired" }],
  ["reversed", { status: "reversed", ...decided }, { kind: "end", status: "reversed" }],
  ["withdrawn", { status: "withdrawn", ...decided }, { kind: "end", status: "withdrawn" }],
])("%s", (_case, more, move) => {
  expect(nextMove(facts(more), NOW)).toEqual(move);
});
