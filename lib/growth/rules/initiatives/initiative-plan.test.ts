import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INITIATIVE_STATUSES, type InitiativeStatus, type PlanChange } from "../../schema/initiatives";
import {
  changePlan,
  milestoneStates,
  nextMilestone,
  overdueTasks,
  type Plan,
  type PlanRefusal,
} from "./initiative-plan";
import { moveInitiative } from "./initiative-state";

const TODAY = "2026-06-15";
const PLAN: Plan = {
  ...{ status: "running", startsOn: "2026-05-01", ownerId: "ana", leadingMetric: null },
  milestones: [
    { position: 1, title: "Interviews", dueOn: "2026-06-01" },
    { position: 2, title: "Remedy", dueOn: "2026-08-01" },
  ],
  tasks: [
    { position: 1, milestone: 1, title: "Call ten", dueOn: "2026-05-20", doneOn: "2026-05-22" },
    { position: 2, milestone: 1, title: "Write up", dueOn: "2026-06-01", doneOn: null },
    { position: 3, milestone: 2, title: "Ship", dueOn: "2026-08-01", doneOn: null },
  ],
};

describe("states", () => {
  const owned = { ownerId: "ana" };
  // The whole machine: from, to, what happens.
  test.each<[InitiativeStatus, InitiativeStatus, string]>([
    ["planned", "running", "ok"],
    ["planned", "stopped", "ok"],
    ["planned", "paused", "NOT_STARTED"],
    ["planned", "done", "NOT_STARTED"],
    ["running", "paused", "ok"],
    ["running", "stopped", "ok"],
    ["running", "done", "ok"],
    ["running", "planned", "NOT_STARTED"],
    ["paused", "running", "ok"],
    ["paused", "stopped", "ok"],
    ["paused", "done", "ok"],
    ["paused", "paused", "ALREADY_SO"],
    ["stopped", "running", "HAS_ENDED"],
    ["done", "running", "HAS_ENDED"],
    ["done", "stopped", "HAS_ENDED"],
  ])("%s to %s: %s", (status, to, expected) => {
    const moved = moveInitiative({ ...owned, status }, to);
    expect(moved.ok ? "ok" : moved.refusal).toBe(expected);
  });

  test("nobody answers for it: it does not start, but it can be stopped", () => {
    expect(moveInitiative({ status: "planned", ownerId: null }, "running")).toEqual({ ok: false, refusal: "NO_OWNER" });
    expect(moveInitiative({ status: "planned", ownerId: null }, "stopped")).toMatchObject({ ok: true });
  });

  test("no walk comes back from an end", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...INITIATIVE_STATUSES), { maxLength: 12 }), (walk) => {
        let status: InitiativeStatus = "planned";
        let ended = false;
        for (const to of walk) {
          const moved = moveInitiative({ ...owned, status }, to);
          if (ended) expect(moved.ok).toBe(false);
          if (moved.ok) status = moved.value;
          ended = status === "stopped" || status === "done";
        }
      }),
    );
  });
});

describe("changes", () => {
  test.each<[string, PlanChange, PlanRefusal]>([
    ["an owner who is it already", { kind: "assign-owner", ownerId: "ana" }, "NOTHING_CHANGED"],
    ["a milestone before the start", { kind: "add-milestone", title: "x", dueOn: "2026-04-30" }, "BEFORE_THE_START"],
    ["a milestone that is not there", { kind: "remove-milestone", milestone: 9 }, "NO_SUCH_MILESTONE"],
    ["a milestone with work done", { kind: "remove-milestone", milestone: 1 }, "MILESTONE_HAS_WORK_DONE"],
    [
      "a task after its milestone",
      { kind: "add-task", milestone: 1, title: "x", dueOn: "2026-06-02" },
      "AFTER_ITS_MILESTONE",
    ],
    ["a task for nothing", { kind: "add-task", milestone: 7, title: "x", dueOn: "2026-06-01" }, "NO_SUCH_MILESTONE"],
    ["removing what is done", { kind: "remove-task", task: 1 }, "TASK_IS_DONE"],
    ["done twice", { kind: "finish-task", task: 1, doneOn: "2026-06-01" }, "TASK_IS_DONE"],
    ["done tomorrow", { kind: "finish-task", task: 2, doneOn: "2026-06-16" }, "IN_THE_FUTURE"],
    ["done before the start", { kind: "finish-task", task: 2, doneOn: "2026-04-01" }, "BEFORE_THE_START"],
    ["opening what is open", { kind: "reopen-task", task: 2 }, "TASK_IS_OPEN"],
    ["a task that is not there", { kind: "finish-task", task: 8, doneOn: TODAY }, "NO_SUCH_TASK"],
    ["the same again", { kind: "change-task", task: 2, title: "Write up", dueOn: "2026-06-01" }, "NOTHING_CHANGED"],
    ["a leading metric that is it already", { kind: "set-leading-metric", metric: null }, "NOTHING_CHANGED"],
  ])("%s is refused", (_case, change, refusal) => {
    expect(changePlan(PLAN, change, TODAY)).toEqual({ ok: false, refusal });
  });

  test("a milestone that moves takes along the open tasks that were due with it", () => {
    const moved = changePlan(
      PLAN,
      { kind: "change-milestone", milestone: 1, title: "Interviews", dueOn: "2026-07-01" },
      TODAY,
    );
    expect(moved.ok && moved.value.tasks.map(({ dueOn }) => dueOn)).toEqual(["2026-05-20", "2026-07-01", "2026-08-01"]);
  });

  test("the last milestone stays", () => {
    const single = { ...PLAN, milestones: PLAN.milestones.slice(1), tasks: PLAN.tasks.slice(2) };
    expect(changePlan(single, { kind: "remove-milestone", milestone: 2 }, TODAY)).toEqual({
      ...{ ok: false, refusal: "LAST_MILESTONE" },
    });
  });

  test("a milestone is reached when its last task is done, and open again when one is opened", () => {
    const done = changePlan(PLAN, { kind: "finish-task", task: 2, doneOn: "2026-06-10" }, TODAY);
    const states = done.ok ? milestoneStates(done.value, TODAY) : [];
    expect(states.map(({ reachedOn }) => reachedOn)).toEqual(["2026-06-10", null]);
    expect(nextMilestone(states)?.title).toBe("Remedy");
    const again = done.ok && changePlan(done.value, { kind: "reopen-task", task: 2 }, TODAY);
    expect(again && (again.ok ? again.value : again.refusal)).toEqual(PLAN);
  });

  test("overdue is open and past its day; a milestone without tasks is never reached", () => {
    expect(overdueTasks(PLAN.tasks, "2026-06-01")).toEqual([]);
    expect(overdueTasks(PLAN.tasks, "2026-06-02").map(({ title }) => title)).toEqual(["Write up"]);
    const empty = { ...PLAN, tasks: [] };
    expect(milestoneStates(empty, TODAY).map(({ reachedOn, overdue }) => [reachedOn, overdue])).toEqual([
      [null, true],
      [null, false],
    ]);
  });

  test("what has ended changes no more, and a change never changes the plan that it was made on", () => {
    const before = structuredClone(PLAN);
    for (const status of ["stopped", "done"] as const) {
      expect(changePlan({ ...PLAN, status }, { kind: "remove-task", task: 3 }, TODAY)).toEqual({
        ...{ ok: false, refusal: "HAS_ENDED" },
      });
    }
    changePlan(PLAN, { kind: "remove-task", task: 3 }, TODAY);
    changePlan(PLAN, { kind: "add-task", milestone: 2, title: "x", dueOn: "2026-07-01" }, TODAY);
    expect(PLAN).toEqual(before);
  });
});
