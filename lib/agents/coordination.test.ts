import { expect, test } from "vitest";
import { type CrewFacts, mattersOf } from "./coordination";

const NONE: CrewFacts = { today: "2026-11-23", contradictions: [], memos: [], runs: [], alerts: [] };
const memo = { id: "m", title: "Approve the exit", dueOn: "2026-11-25", irreversible: false };
const alert = {
  id: "a",
  kind: "data-stale",
  severity: "warning",
  title: "Old data",
  label: "Data is stale",
  noted: false,
};
const lever = { kind: "growth-lever-report", label: "Growth lever analysis report" };
const exit = { kind: "exit-readiness-report", label: "Exit readiness report" };

test.each<[string, Partial<CrewFacts>, string[]]>([
  ["nothing", {}, []],
  ["a decision due in two days", { memos: [memo] }, ["decision:m warning"]],
  ["one that cannot be undone", { memos: [{ ...memo, irreversible: true }] }, ["decision:m critical"]],
  ["one that is overdue", { memos: [{ ...memo, dueOn: "2026-11-01" }] }, ["decision:m warning"]],
  ["one with time", { memos: [{ ...memo, dueOn: "2026-11-26" }] }, []],
  [
    "a failed run",
    { runs: [{ agent: "growth", task: "analyse", status: "failed" }] },
    ["failed-run:growth/analyse warning"],
  ],
  ["a run that was stopped by a person", { runs: [{ agent: "growth", task: "analyse", status: "stopped" }] }, []],
  ["a warning that nobody noted for a week", { alerts: [{ ...alert, since: "2026-11-16" }] }, ["alert:a warning"]],
  ["a warning of six days", { alerts: [{ ...alert, since: "2026-11-17" }] }, []],
  ["a warning that was noted", { alerts: [{ ...alert, since: "2026-01-01", noted: true }] }, []],
  [
    "a critical alert, which the chairman has",
    { alerts: [{ ...alert, since: "2026-01-01", severity: "critical" }] },
    [],
  ],
  ["a refused agent", { alerts: [{ ...alert, kind: "agent-refused", since: "2026-11-23" }] }, ["alert:a warning"]],
  ["its own escalation", { alerts: [{ ...alert, kind: "escalation", since: "2026-01-01" }] }, []],
  [
    "two reports that disagree",
    { contradictions: [[exit, lever]] },
    ["contradiction:exit-readiness-report+growth-lever-report warning"],
  ],
])("of %s", (_, facts, matters) => {
  expect(mattersOf({ ...NONE, ...facts }).map(({ id, severity }) => `${id} ${severity}`)).toEqual(matters);
});

test("what cannot be undone comes first", () => {
  const runs = [{ agent: "growth", task: "analyse", status: "failed" }];
  const matters = mattersOf({ ...NONE, runs, memos: [memo, { ...memo, id: "n", irreversible: true }] });
  expect(matters.map(({ id }) => id)).toEqual(["decision:n", "decision:m", "failed-run:growth/analyse"]);
});
