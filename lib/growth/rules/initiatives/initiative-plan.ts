import { ok, type Result, refuse } from "@/lib/errors";
import type { InitiativeStatus, PlanChange } from "../../schema/initiatives";
import { isOpenInitiative } from "./initiative-state";

export type PlanMilestone = { position: number; title: string; dueOn: string };
export type PlanTask = {
  position: number;
  /** The milestone that it leads to; null for work outside of them. */
  milestone: number | null;
  title: string;
  dueOn: string;
  doneOn: string | null;
};
export type Plan = {
  status: InitiativeStatus;
  startsOn: string;
  ownerId: string | null;
  leadingMetric: string | null;
  milestones: readonly PlanMilestone[];
  tasks: readonly PlanTask[];
};

export const PLAN_REFUSALS = [
  "HAS_ENDED",
  "NO_SUCH_MILESTONE",
  "NO_SUCH_TASK",
  "MILESTONE_HAS_WORK_DONE",
  "LAST_MILESTONE",
  "TASK_IS_DONE",
  "TASK_IS_OPEN",
  "BEFORE_THE_START",
  "IN_THE_FUTURE",
  "AFTER_ITS_MILESTONE",
  "TOO_MANY",
  "NOTHING_CHANGED",
] as const;
export type PlanRefusal = (typeof PLAN_REFUSALS)[number];

const MOST_MILESTONES = 20;
const MOST_TASKS = 100;

const nextPosition = (rows: readonly { position: number }[]): number =>
  rows.reduce((most, { position }) => Math.max(most, position), 0) + 1;

/** The plan after the change, or why it cannot be. `today` is the venture's; days are YYYY-MM-DD. */
export function changePlan(plan: Plan, change: PlanChange, today: string): Result<Plan, PlanRefusal> {
  if (!isOpenInitiative(plan.status)) return refuse("HAS_ENDED");
  if ("dueOn" in change && change.dueOn < plan.startsOn) return refuse("BEFORE_THE_START");
  switch (change.kind) {
    case "assign-owner":
      if (plan.ownerId === change.ownerId) return refuse("NOTHING_CHANGED");
      return ok({ ...plan, ownerId: change.ownerId });
    case "set-leading-metric":
      if (plan.leadingMetric === change.metric) return refuse("NOTHING_CHANGED");
      return ok({ ...plan, leadingMetric: change.metric });
    case "add-milestone":
    case "change-milestone":
    case "remove-milestone":
      return changeMilestone(plan, change);
    default:
      return changeTask(plan, change, today);
  }
}

type MilestoneChange = Extract<PlanChange, { kind: `${string}-milestone` }>;
type TaskChange = Extract<PlanChange, { kind: `${string}-task` }>;

function changeMilestone(plan: Plan, change: MilestoneChange): Result<Plan, PlanRefusal> {
  const { milestones, tasks } = plan;
  if (change.kind === "add-milestone") {
    if (milestones.length >= MOST_MILESTONES) return refuse("TOO_MANY");
    const { title, dueOn } = change;
    return ok({ ...plan, milestones: [...milestones, { position: nextPosition(milestones), title, dueOn }] });
  }
  const found = milestones.find(({ position }) => position === change.milestone);
  if (!found) return refuse("NO_SUCH_MILESTONE");
  const own = tasks.filter((task) => task.milestone === found.position);
  if (change.kind === "remove-milestone") {
    if (milestones.length === 1) return refuse("LAST_MILESTONE");
    if (own.some((task) => task.doneOn !== null)) return refuse("MILESTONE_HAS_WORK_DONE");
    const kept = tasks.filter((task) => task.milestone !== found.position);
    return ok({ ...plan, milestones: milestones.filter((one) => one !== found), tasks: kept });
  }
  const { title, dueOn } = change;
  if (title === found.title && dueOn === found.dueOn) return refuse("NOTHING_CHANGED");
  if (own.some((task) => task.dueOn > dueOn && task.doneOn === null && task.dueOn !== found.dueOn)) {
    return refuse("AFTER_ITS_MILESTONE");
  }
  // A task that was due with its milestone moves with it.
  const moved = tasks.map((task) =>
    task.milestone === found.position && task.doneOn === null && task.dueOn === found.dueOn ? { ...task, dueOn } : task,
  );
  return ok({
    ...plan,
    milestones: milestones.map((one) => (one === found ? { ...one, title, dueOn } : one)),
    tasks: moved,
  });
}

function changeTask(plan: Plan, change: TaskChange, today: string): Result<Plan, PlanRefusal> {
  const { milestones, tasks } = plan;
  if (change.kind === "add-task") {
    const milestone = milestones.find(({ position }) => position === change.milestone);
    if (!milestone) return refuse("NO_SUCH_MILESTONE");
    if (tasks.length >= MOST_TASKS) return refuse("TOO_MANY");
    if (change.dueOn > milestone.dueOn) return refuse("AFTER_ITS_MILESTONE");
    const { title, dueOn } = change;
    const task = { position: nextPosition(tasks), milestone: milestone.position, title, dueOn, doneOn: null };
    return ok({ ...plan, tasks: [...tasks, task] });
  }
  const task = tasks.find(({ position }) => position === change.task);
  if (!task) return refuse("NO_SUCH_TASK");
  const replaced = (next: PlanTask) => ok({ ...plan, tasks: tasks.map((one) => (one === task ? next : one)) });
  switch (change.kind) {
    case "remove-task":
      if (task.doneOn !== null) return refuse("TASK_IS_DONE");
      return ok({ ...plan, tasks: tasks.filter((one) => one !== task) });
    case "reopen-task":
      return task.doneOn === null ? refuse("TASK_IS_OPEN") : replaced({ ...task, doneOn: null });
    case "finish-task":
      if (task.doneOn !== null) return refuse("TASK_IS_DONE");
      if (change.doneOn > today) return refuse("IN_THE_FUTURE");
      if (change.doneOn < plan.startsOn) return refuse("BEFORE_THE_START");
      return replaced({ ...task, doneOn: change.doneOn });
    case "change-task": {
      const { title, dueOn } = change;
      const milestone = milestones.find(({ position }) => position === task.milestone);
      if (title === task.title && dueOn === task.dueOn) return refuse("NOTHING_CHANGED");
      if (milestone && dueOn > milestone.dueOn) return refuse("AFTER_ITS_MILESTONE");
      return replaced({ ...task, title, dueOn });
    }
  }
}

export type MilestoneState = PlanMilestone & {
  tasks: readonly PlanTask[];
  /** The day on which its last task was done; null while one is open or it has none. */
  reachedOn: string | null;
  overdue: boolean;
};

const byDay = (a: { dueOn: string; position: number }, b: { dueOn: string; position: number }): number =>
  a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.position - b.position;

/** Milestones in the order of their days. One is reached when every task that leads to it is done. */
export function milestoneStates(plan: Pick<Plan, "milestones" | "tasks">, today: string): MilestoneState[] {
  return [...plan.milestones].sort(byDay).map((milestone) => {
    const tasks = plan.tasks.filter((task) => task.milestone === milestone.position).sort(byDay);
    const days = tasks.map((task) => task.doneOn);
    const done = days.length > 0 && days.every((day) => day !== null);
    const reachedOn = done
      ? (days
          .filter((day) => day !== null)
          .sort()
          .at(-1) ?? null)
      : null;
    return { ...milestone, tasks, reachedOn, overdue: reachedOn === null && milestone.dueOn < today };
  });
}

/** Open tasks whose day is over. */
export const overdueTasks = (tasks: readonly PlanTask[], today: string): PlanTask[] =>
  tasks.filter((task) => task.doneOn === null && task.dueOn < today).sort(byDay);

/** What is to be reached next; null when everything is. */
export const nextMilestone = (states: readonly MilestoneState[]): MilestoneState | null =>
  states.find((state) => state.reachedOn === null) ?? null;
