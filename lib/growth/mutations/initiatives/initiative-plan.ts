import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db";
import { isHeld } from "@/lib/decisions/queries/suspension";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { findMetric } from "@/lib/metrics/schema";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { changePlan, type Plan, type PlanRefusal } from "../../rules/initiatives/initiative-plan";
import { type MoveRefusal, moveInitiative } from "../../rules/initiatives/initiative-state";
import type { ChangePlan, InitiativeStatus, MoveInput, NoteInput, PlanChange } from "../../schema/initiatives";
import {
  bumpDataset,
  type LockedInitiative,
  lockVisible,
  storeStanding,
  wakeFollower,
  writeChange,
  writePlan,
} from "./initiative-row";

export type Versioned = { version: number };
type EditRefusal = PlanRefusal | "CONFLICT" | "NO_SUCH_PERSON" | "NO_SUCH_METRIC";

/** Who read another version than the one that stands is told so, and nothing is changed. */
const isCurrent = (initiative: LockedInitiative, version: number): boolean => initiative.version === version;

/** One change of the plan; the plan's artefact is written anew in the same commit, but not for a tick of a task. */
export async function editPlan(actor: Actor, input: ChangePlan, now: Date): Promise<Result<Versioned, EditRefusal>> {
  if (!isPermitted(actor.role, "initiative:edit")) throw new AppError("FORBIDDEN");
  const { initiativeId, change } = input;
  return fencedTransaction(async (tx) => {
    const initiative = await lockVisible(tx, actor, initiativeId, now);
    if (!isCurrent(initiative, input.version)) return refuse("CONFLICT");
    const named = await checkNamed(tx, initiative.ventureId, change);
    if (named) return refuse(named);
    const changed = changePlan(initiative.plan, change, initiative.today);
    if (!changed.ok) return changed;
    await storeRows(tx, initiativeId, initiative.plan, changed.value, actor.ref, now);
    if (change.kind !== "finish-task" && change.kind !== "reopen-task") await writePlan(tx, initiativeId, now);
    await bumpDataset(tx, initiative.ventureId, "initiatives", now);
    const { what, detail } = await wordsFor(tx, initiative.plan, change);
    const event = change.kind === "finish-task" ? "initiative.task-done" : "initiative.plan-changed";
    return ok({ version: await writeChange(tx, initiative, { what, detail, event, by: actor.ref, now }) });
  });
}

async function checkNamed(tx: Tx, ventureId: string, change: PlanChange): Promise<EditRefusal | null> {
  if (change.kind === "set-leading-metric" && change.metric !== null && !findMetric(change.metric))
    return "NO_SUCH_METRIC";
  if (change.kind !== "assign-owner") return null;
  const person = await tx.user.findUnique({ where: { id: change.ownerId }, include: { grants: true } });
  if (!person || person.disabledAt || person.role === "guest") return "NO_SUCH_PERSON";
  const sees = person.grants.length === 0 || person.grants.some((grant) => grant.ventureId === ventureId);
  return sees ? null : "NO_SUCH_PERSON";
}

async function storeRows(
  tx: Tx,
  initiativeId: string,
  before: Plan,
  after: Plan,
  by: string,
  now: Date,
): Promise<void> {
  const { ownerId, leadingMetric, milestones, tasks } = after;
  await tx.initiative.update({ where: { id: initiativeId }, data: { ownerId, leadingMetric } });
  if (milestones !== before.milestones) {
    await tx.initiativeMilestone.deleteMany({ where: { initiativeId } });
    await tx.initiativeMilestone.createMany({
      data: milestones.map(({ position, title, dueOn }) => ({ initiativeId, position, title, dueOn: dayDate(dueOn) })),
    });
  }
  const kept = new Map(before.tasks.map((task) => [task.position, task]));
  const positions = tasks.map(({ position }) => position);
  await tx.initiativeTask.deleteMany({ where: { initiativeId, position: { notIn: positions } } });
  for (const task of tasks) {
    const known = kept.get(task.position);
    if (known === task) continue;
    const said =
      task.doneOn === (known?.doneOn ?? null) ? {} : { doneAt: task.doneOn && now, doneBy: task.doneOn && by };
    const { position, title, milestone } = task;
    const data = { title, milestone, dueOn: dayDate(task.dueOn), doneOn: task.doneOn ? dayDate(task.doneOn) : null };
    await tx.initiativeTask.upsert({
      where: { initiativeId_position: { initiativeId, position } },
      create: { initiativeId, position, ...data, ...said },
      update: { ...data, ...said },
    });
  }
}

const WHAT: Readonly<Record<PlanChange["kind"], string>> = {
  "assign-owner": "owner named",
  "set-leading-metric": "leading metric",
  "add-milestone": "milestone added",
  "change-milestone": "milestone changed",
  "remove-milestone": "milestone removed",
  "add-task": "task added",
  "change-task": "task changed",
  "remove-task": "task removed",
  "finish-task": "task done",
  "reopen-task": "task opened again",
};

async function wordsFor(tx: Tx, plan: Plan, change: PlanChange): Promise<{ what: string; detail: string }> {
  const what = WHAT[change.kind];
  if (change.kind === "assign-owner") {
    const person = await tx.user.findUniqueOrThrow({ where: { id: change.ownerId }, select: { name: true } });
    return { what, detail: person.name };
  }
  if (change.kind === "set-leading-metric") {
    return { what, detail: change.metric ? (findMetric(change.metric)?.name ?? change.metric) : "none" };
  }
  const rows = "task" in change ? plan.tasks : plan.milestones;
  const position = "task" in change ? change.task : "milestone" in change ? change.milestone : null;
  const known = change.kind.startsWith("add-") ? null : rows.find((row) => row.position === position);
  const title = "title" in change ? change.title : (known?.title ?? "");
  const day = "dueOn" in change ? `, due ${change.dueOn}` : "doneOn" in change ? `, on ${change.doneOn}` : "";
  return { what, detail: `${title}${day}` };
}

const EVENTS: Readonly<Record<InitiativeStatus, string>> = {
  planned: "initiative.planned",
  running: "initiative.running",
  paused: "initiative.paused",
  stopped: "initiative.stopped",
  done: "initiative.done",
};

/** From one state to another, by whoever may: the work's own moves, or the chairman's hold. */
export async function moveTo(
  actor: Actor,
  input: MoveInput,
  now: Date,
): Promise<Result<Versioned, MoveRefusal | "CONFLICT">> {
  await engineClient();
  return fencedTransaction(async (tx) => {
    const initiative = await lockVisible(tx, actor, input.initiativeId, now);
    const held = initiative.status === "paused" || input.to === "paused" || input.to === "stopped";
    if (!isPermitted(actor.role, held ? "initiative:hold" : "initiative:edit")) throw new AppError("FORBIDDEN");
    if (!isCurrent(initiative, input.version)) return refuse("CONFLICT");
    const allowed = moveInitiative(initiative, input.to);
    if (!allowed.ok) return allowed;
    // The approval that it rests on has conditions, and one of them does not hold now.
    if (input.to === "running" && initiative.memoId && (await isHeld(tx, initiative.memoId)))
      return refuse("SUSPENDED");
    return ok({ version: await setStatus(tx, initiative, { to: input.to, reason: input.reason, by: actor.ref, now }) });
  });
}

type StatusChange = { to: InitiativeStatus; reason: string; by: string; now: Date; payload?: { memoId: string } };

/** Writes the state with what follows from it: first and last day, baseline, plan, history, event. */
export async function setStatus(tx: Tx, initiative: LockedInitiative, change: StatusChange): Promise<number> {
  const { id, status, startedOn, ventureId, today } = initiative;
  const { to, reason, by, now, payload } = change;
  const starts = to === "running" && startedOn === null;
  const ends = to === "stopped" || to === "done";
  const row = await tx.initiative.update({
    where: { id },
    data: {
      ...{ status: to, statusReason: reason || null },
      ...(starts ? { startedOn: dayDate(today) } : {}),
      ...(ends ? { endedOn: dayDate(today) } : {}),
    },
  });
  if (starts) {
    const { figures } = await storeStanding(tx, row, today, now);
    await tx.initiative.update({ where: { id }, data: { baselineValue: figures.baseline.value } });
  }
  await writePlan(tx, id, now);
  await bumpDataset(tx, ventureId, "initiatives", now);
  await wakeFollower(tx, initiative, `${initiative.version}:${to}`);
  const what = to === "running" ? (status === "paused" ? "goes on" : "started") : to;
  return writeChange(tx, initiative, {
    what,
    detail: reason,
    event: EVENTS[to],
    by,
    now,
    ...(payload ? { payload } : {}),
  });
}

/** Words that stay beside it; nothing of the plan changes. */
export async function addNote(
  actor: Actor,
  { initiativeId, text }: NoteInput,
  now: Date,
): Promise<Result<{ id: string }>> {
  if (!isPermitted(actor.role, "initiative:edit")) throw new AppError("FORBIDDEN");
  return fencedTransaction(async (tx) => {
    const { ventureId, title } = await lockVisible(tx, actor, initiativeId, now);
    const data = { initiativeId, text, writtenBy: actor.ref, writtenAt: now };
    const { id } = await tx.initiativeNote.create({ data });
    const subject = `initiative:${initiativeId}`;
    await recordEvent(tx, {
      ventureId,
      type: "initiative.noted",
      actor: actor.ref,
      subject,
      payload: { title, text },
      at: now,
    });
    return ok({ id });
  });
}
