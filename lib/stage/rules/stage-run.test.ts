import { describe, expect, test } from "vitest";
import { type Child, favoursPreparation, nextStageMove, type StageFacts } from "./stage-run";

const turn: Child = { of: "40.1", id: "a", ordinal: 1, status: "running", by: "system:x", reason: null };
const sale: Child = {
  of: "40.3",
  id: "s",
  ordinal: 1,
  status: "done",
  by: "system:memo",
  reason: "Everything is paid.",
};
const SALE_NOTED = ["begun:40.3:s", "ended:40.3:s:done"];

const facts = (some: Partial<StageFacts> = {}): StageFacts => ({
  ...{ status: "running", archived: false, record: { open: ["40.1"], outcome: null }, superseded: false },
  ...{ entryHolds: true, exitHolds: false, children: [], approvals: [], favours: null, certified: false },
  ...{ criteria: { now: "a", noted: "a" }, done: new Set(["grow"]) },
  ...some,
});

// The flow of spec/stage-40, section 4, one line for each place that the run can be in.
describe("what the run of the stage does next", () => {
  test.each<[string, Partial<StageFacts>, string]>([
    ["waits at the entry gate", { record: null, entryHolds: false }, "wait"],
    ["opens where the gate holds", { record: null }, "open"],
    ["begins growth first", { done: new Set() }, "grow"],
    ["begins no growth where 40.1 is closed", { done: new Set(), record: { open: ["40.3"], outcome: null } }, "wait"],
    ["notes that a turn began", { children: [turn] }, "note"],
    ["waits when everything is noted", { children: [turn], done: new Set(["grow", "begun:40.1:a"]) }, "wait"],
    ["notes criteria that changed", { criteria: { now: "a b", noted: "a" } }, "criteria"],
    ["notes criteria for the first time", { criteria: { now: "", noted: null } }, "criteria"],
    ["proposes preparation where it is favoured", { favours: { cause: "prepare:1", why: "x" } }, "prepare"],
    ["proposes it once", { favours: { cause: "prepare:1", why: "x" }, done: new Set(["grow", "prepare:1"]) }, "wait"],
    ["does not certify a venture that never sold", { exitHolds: true }, "wait"],
    [
      "certifies at the exit gate",
      { exitHolds: true, children: [sale], done: new Set(["grow", ...SALE_NOTED]) },
      "certify",
    ],
    ["waits while the exit gate does not hold", { children: [sale], done: new Set(["grow", ...SALE_NOTED]) }, "wait"],
    ["leaves once it is certified", { certified: true, exitHolds: false }, "exit"],
    [
      "certifies what was sold before it was known here",
      { record: { open: [], outcome: "exited" }, exitHolds: true },
      "certify",
    ],
    ["does nothing while it is paused", { status: "paused", criteria: { now: "b", noted: "a" } }, "wait"],
    ["does nothing for a venture that was put away", { archived: true, criteria: { now: "b", noted: "a" } }, "wait"],
    ["is over when it was cancelled", { status: "cancelled" }, "end"],
    ["stops when the stage was ended from elsewhere", { record: { open: [], outcome: "cancelled" } }, "stop"],
    ["waits after a regress, which can be taken back", { record: { open: [], outcome: "regressed" } }, "wait"],
    [
      "stops after a regress when a new life began",
      { record: { open: [], outcome: "regressed" }, superseded: true },
      "stop",
    ],
  ])("it %s", (_name, some, kind) => {
    expect(nextStageMove(facts(some)).kind).toBe(kind);
  });

  test("an approval is noted when it is asked, and again when it is answered", () => {
    const asked = { memoId: "m", title: "Approve the exit", status: "pending", by: "agent:coordinator" };
    const first = nextStageMove(facts({ approvals: [asked] }));
    expect(first).toMatchObject({ note: { kind: "asked", by: "agent:coordinator", memoId: "m" } });
    const done = new Set(["grow", "asked:m"]);
    expect(nextStageMove(facts({ approvals: [asked], done })).kind).toBe("wait");
    expect(nextStageMove(facts({ approvals: [{ ...asked, status: "approved" }], done }))).toMatchObject({
      note: { kind: "answered", cause: "answered:m:approved" },
    });
  });
});

describe("conditions that favour preparation", () => {
  const ready = {
    ...{ today: "2027-06-30", settling: false, open: ["40.1"] },
    ...{ readiness: "70", scoredOn: "2027-06-29", equity: "5000000", valuedOn: "2027-03-30" },
    minimum: "5000000",
    preparations: 0,
  };
  test.each<[Partial<typeof ready> | { readiness: null } | { minimum: null }, string | null]>([
    [{}, "prepare:1"],
    [{ preparations: 2 }, "prepare:3"],
    [{ readiness: "69.9" }, null],
    [{ readiness: null }, null],
    [{ equity: "4999999.99" }, null],
    [{ minimum: null }, null],
    [{ open: ["40.1", "40.2"] }, null],
    [{ open: ["40.3"] }, null],
    [{ settling: true }, null],
    [{ scoredOn: "2027-03-30" }, "prepare:1"],
    [{ scoredOn: "2027-03-29" }, null],
    [{ valuedOn: "2027-03-29" }, null],
  ])("%j", (some, cause) => {
    expect(favoursPreparation({ ...ready, ...some })?.cause ?? null).toBe(cause);
  });
});
