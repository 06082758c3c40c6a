import { expect, test } from "vitest";
import { isSettled, type StepEvent, stepWords, verdictWords } from "./stage-steps";

test.each<[StepEvent["type"], StepEvent["payload"], number | null, string]>([
  ["growth-cycle.advanced", { from: "analyse", to: "decide" }, 3, "Growth loop, turn 3: from analyse to decide."],
  ["growth-cycle.advanced", { from: "decide", to: "execute" }, null, "Growth loop: from decide to execute."],
  [
    "exit-preparation.checked",
    { round: 2, consequences: [], nextCheckOn: "2029-06-24" },
    null,
    "Exit preparation, check 2: nothing stands against it; the next check is on 24 June 2029.",
  ],
  [
    "exit-preparation.checked",
    { round: 7, consequences: [{ kind: "readiness-low", tasks: 3 }] },
    null,
    "Exit preparation, check 7: 1 finding.",
  ],
  [
    "directive.fired",
    { trigger: "ACTIVE-VENTURE-004", title: "The market consolidates" },
    null,
    "ACTIVE-VENTURE-004 fired: The market consolidates.",
  ],
  ["handoff.written", { title: "H-1, retrospective" }, null, "Handed over to governance: H-1, retrospective."],
  ["exit-preparation.remediated", { criteria: ["a", "b"] }, null, "2 remediation tasks made."],
])("%s with %j", (type, payload, turn, words) => {
  expect(stepWords({ type, payload, turn })).toBe(words);
});

test("a memo that was answered is told by its verdict, one that lapsed by the run", () => {
  expect(["approved", "conditional", "rejected", "expired", "withdrawn"].map(isSettled)).toEqual([
    ...[true, true, true, false, false],
  ]);
  expect(verdictWords("conditional")).toBe("approved with conditions");
});
