import { expect, test } from "vitest";
import type { VerdictInput } from "../schema";
import { type DecidableMemo, decide, mayUndo } from "./verdict";

const NOW = new Date("2026-11-22T12:00:00Z");
const memoId = "01900000-0000-7000-8000-000000000001";
const action = { type: "growth.start-initiative" } as never;

const memo = (more: Partial<DecidableMemo> = {}): DecidableMemo => ({
  status: "pending",
  version: 2,
  proposedBy: "agent:growth",
  reversible: true,
  discloses: false,
  expiresAt: new Date("2026-12-10T00:00:00Z"),
  stale: [],
  needsSecond: false,
  first: null,
  content: {
    recommendedOption: "start",
    options: [
      { id: "start", title: "Start", text: "", consequences: [], action },
      { id: "small", title: "Start small", text: "", consequences: [], action },
      { id: "nothing", title: "Do nothing", text: "", consequences: [], action: null },
    ],
  },
  ...more,
});

const approve = (more: object = {}): VerdictInput => ({ verdict: "approved", memoId, version: 2, note: "", ...more });
const reject: VerdictInput = { verdict: "rejected", memoId, version: 2, note: "" };
const defer = (until: string): VerdictInput => ({ verdict: "deferred", memoId, version: 2, note: "", until });
const condition = { metric: "revenue", comparator: "at-least" as const, threshold: "1", until: "2026-11-21" };
const conditional: VerdictInput = { verdict: "conditional", memoId, version: 2, note: "", conditions: [condition] };

test.each<[string, Partial<DecidableMemo>, VerdictInput, string]>([
  ["a closed memo", { status: "rejected" }, approve(), "ALREADY_DECIDED"],
  ["an expired one that was swept", { status: "expired" }, approve(), "EXPIRED"],
  ["one that expires this moment", { expiresAt: NOW }, reject, "EXPIRED"],
  ["another version than was read", { version: 3 }, approve(), "CHANGED_SINCE"],
  ["one's own", { proposedBy: "user:grace" }, reject, "OWN_PROPOSAL"],
  ["stale figures", { stale: ["Cost"] }, approve(), "STALE"],
  ["an option that is not there", {}, approve({ optionId: "other" }), "UNKNOWN_OPTION"],
  ["doing nothing", {}, approve({ optionId: "nothing" }), "UNKNOWN_OPTION"],
  ["a condition whose day is over", {}, conditional, "DATE_PASSED"],
  ["a deferral until today", {}, defer("2026-11-22"), "DATE_PASSED"],
  ["a deferral past the expiry", {}, defer("2026-12-10"), "DATE_AFTER_EXPIRY"],
])("%s is refused", (_case, more, input, refusal) => {
  expect(decide(memo(more), input, "user:grace", NOW)).toMatchObject({ ok: false, refusal });
});

test.each<[string, Partial<DecidableMemo>, VerdictInput, object]>([
  ["the recommended option", {}, approve(), { status: "approved", optionId: "start", final: true, stepUp: false }],
  ["another option", {}, approve({ optionId: "small" }), { optionId: "small" }],
  ["what cannot be undone", { reversible: false }, approve(), { stepUp: true }],
  ["what cannot be unseen", { discloses: true }, approve(), { status: "approved", stepUp: true }],
  ["a rejection of what would be shown", { discloses: true }, reject, { stepUp: false }],
  ["a rejection of stale figures", { stale: ["Cost"] }, reject, { status: "rejected", stepUp: false }],
  ["a deferral", {}, defer("2026-12-09"), { status: "deferred", final: false }],
  ["a deferred memo, before its day", { status: "deferred" }, approve(), { status: "approved" }],
])("%s is decided", (_case, more, input, value) => {
  expect(decide(memo(more), input, "user:grace", NOW)).toMatchObject({ ok: true, value });
});

test.each<[string, Parameters<typeof mayUndo>[0], number, string, string | null]>([
  ["within the minute", { status: "approved", version: 2, reversible: true }, 60_000, "user:grace", null],
  ["after it", { status: "approved", version: 2, reversible: true }, 60_001, "user:grace", "TOO_LATE"],
  ["by another", { status: "approved", version: 2, reversible: true }, 1, "user:ada", "NOT_YOURS"],
  ["irreversible", { status: "approved", version: 2, reversible: false }, 1, "user:grace", "IRREVERSIBLE"],
  [
    "a rejection of something irreversible",
    { status: "rejected", version: 2, reversible: false },
    1,
    "user:grace",
    null,
  ],
  ["an open memo", { status: "pending", version: 2, reversible: true }, 1, "user:grace", "NOTHING_TO_UNDO"],
])("taking back %s", (_case, state, after, actorRef, refusal) => {
  const verdict = { decidedBy: "user:grace", decidedAt: NOW };
  const now = new Date(NOW.getTime() + after);
  const outcome = mayUndo(state, verdict, { version: 2, actorRef, now, undoMs: 60_000 });
  expect(outcome.ok ? null : outcome.refusal).toBe(refusal);
});
