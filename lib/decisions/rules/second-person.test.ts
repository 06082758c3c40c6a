import { expect, test } from "vitest";
import { SECOND_PERSON, type SecondPerson } from "@/lib/ventures/schema";
import type { VerdictInput } from "../schema";
import { CLASS_POLICY } from "./policy";
import { type FirstApproval, secondPersonFor } from "./second-person";
import { type DecidableMemo, decide, mayUndo } from "./verdict";

const exit = CLASS_POLICY["exit.approve-exit"];
const initiative = CLASS_POLICY["growth.start-initiative"];
const payment = { ceilings: ["money-leaves"], reversible: false };

// Specification, sections 7 (ceilings) and issue 5, V7: payments need a second person whatever is set.
test.each<[string, Parameters<typeof secondPersonFor>[0], SecondPerson, boolean, string | null]>([
  ["money that leaves", payment, "payments", false, "money-leaves"],
  ["money that leaves, whatever is set", payment, "large commitments", true, "money-leaves"],
  ["an exit where only payments need two", exit, "payments", false, null],
  ["an exit where what cannot be undone needs two", exit, "irreversible decisions", false, "irreversible"],
  ["an exit where large commitments need two as well", exit, "large commitments", false, "irreversible"],
  ["a large initiative where it can be undone", initiative, "irreversible decisions", true, null],
  ["a large initiative where large ones need two", initiative, "large commitments", true, "large-commitment"],
  ["a small initiative where large ones need two", initiative, "large commitments", false, null],
])("%s", (_case, kind, setting, large, rule) => {
  expect(secondPersonFor(kind, setting, large)?.rule ?? null).toBe(rule);
});

test("each setting asks for everything that the one before asks for", () => {
  for (const kind of [payment, exit, initiative])
    for (const large of [false, true]) {
      const asked = SECOND_PERSON.map((setting) => secondPersonFor(kind, setting, large) !== null);
      expect(asked).toEqual(asked.toSorted((a, b) => Number(a) - Number(b)));
    }
});

const NOW = new Date("2026-11-22T12:00:00Z");
const memoId = "01900000-0000-7000-8000-000000000001";
const action = { type: "exit.approve-exit" } as never;
const grace: FirstApproval = { by: "user:grace", optionId: "approve", conditional: false };
const memo = (more: Partial<DecidableMemo> = {}): DecidableMemo => ({
  ...{ status: "confirming", version: 2, proposedBy: "agent:exit", reversible: false, discloses: false },
  ...{ stale: [], needsSecond: false },
  expiresAt: new Date("2026-12-10T00:00:00Z"),
  first: grace,
  content: {
    recommendedOption: "approve",
    options: [
      { id: "approve", title: "Start", text: "", consequences: [], action },
      { id: "later", title: "Later", text: "", consequences: [], action },
      { id: "nothing", title: "Do nothing", text: "", consequences: [], action: null },
    ],
  },
  ...more,
});
const say = (more: object): VerdictInput => ({ verdict: "approved", memoId, version: 2, note: "", ...more }) as never;
const condition = { metric: "revenue", comparator: "at-least", threshold: "1", until: "2026-12-01" };

test.each<[string, Partial<DecidableMemo>, object, string, string]>([
  ["the first one again", {}, {}, "user:grace", "OWN_APPROVAL"],
  ["the first one's rejection", {}, { verdict: "rejected" }, "user:grace", "OWN_APPROVAL"],
  ["the proposer", { proposedBy: "user:ada" }, {}, "user:ada", "OWN_PROPOSAL"],
  ["another option", {}, { optionId: "later" }, "user:ada", "AS_IT_STANDS"],
  ["conditions of one's own", {}, { verdict: "conditional", conditions: [condition] }, "user:ada", "AS_IT_STANDS"],
  ["the version that the first one read", {}, { version: 1 }, "user:ada", "CHANGED_SINCE"],
  ["after the expiry", { expiresAt: NOW }, {}, "user:ada", "EXPIRED"],
  ["figures that changed in between", { stale: ["Equity value"] }, {}, "user:ada", "STALE"],
])("the second person is refused: %s", (_case, more, input, who, refusal) => {
  expect(decide(memo(more), say(input), who, NOW)).toMatchObject({ ok: false, refusal });
});

const pending = { status: "pending" as const, first: null, needsSecond: true };
test.each<[string, Partial<DecidableMemo>, object, object]>([
  [
    "the first approval waits",
    pending,
    {},
    { status: "confirming", verdict: "first-approval", final: false, stepUp: true },
  ],
  [
    "so does one with conditions",
    pending,
    { verdict: "conditional", conditions: [condition] },
    { status: "confirming", verdict: "first-approval", final: false },
  ],
  ["a rejection needs one", pending, { verdict: "rejected" }, { status: "rejected", final: true }],
  ["the second approval decides", {}, {}, { status: "approved", verdict: "approved", final: true, stepUp: true }],
  [
    "what is confirmed is the first one's option",
    { first: { ...grace, optionId: "later" } },
    {},
    { optionId: "later" },
  ],
  [
    "and the first one's conditions",
    { first: { ...grace, conditional: true } },
    {},
    { status: "conditional", verdict: "conditional", final: true },
  ],
  ["the second person rejects", {}, { verdict: "rejected" }, { status: "rejected", final: true }],
  ["a question ends the first approval", {}, { verdict: "question", question: "Why?" }, { status: "question" }],
])("%s", (_case, more, input, value) => {
  expect(decide(memo(more), say(input), "user:ada", NOW)).toMatchObject({ ok: true, value });
});

test.each<[string, string, number, string | null]>([
  ["by the first one, days later", "user:grace", 2, null],
  ["by another", "user:ada", 2, "NOT_YOURS"],
  ["on the version before", "user:grace", 1, "CHANGED_SINCE"],
])("a first approval is taken back %s", (_case, actorRef, version, refusal) => {
  const verdict = { decidedBy: "user:grace", decidedAt: new Date("2026-11-18T12:00:00Z") };
  const outcome = mayUndo(memo(), verdict, { version, actorRef, now: NOW, undoMs: 60_000 });
  expect(outcome.ok ? null : outcome.refusal).toBe(refusal);
});
