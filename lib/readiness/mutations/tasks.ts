import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import type { TaskChange, TaskInput, TaskRefusal } from "../schema/assessment";

/** Something to do for a criterion, with who and until when. */
export async function addTask(actor: Actor, input: TaskInput, now: Date): Promise<Result<{ id: string }, TaskRefusal>> {
  const { ventureId, criterion, title, ownerId, dueOn } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    if (!(await mayOwn(tx, ventureId, ownerId))) return refuse("NO_SUCH_PERSON");
    const id = randomUUID();
    await tx.readinessTask.create({
      data: {
        ...{
          id,
          ventureId,
          criterion,
          title,
          ownerId,
          status: "open",
          version: 1,
          createdBy: actor.ref,
          createdAt: now,
        },
        dueOn: dueOn ? dayDate(dueOn) : null,
      },
    });
    const payload = { criterion, title, ownerId, dueOn };
    await recordEvent(tx, {
      ventureId,
      type: "readiness.task-added",
      actor: actor.ref,
      subject: `readiness-task:${id}`,
      payload,
      at: now,
    });
    return ok({ id });
  });
}

/** Changes who, when, what or whether it is done; refused where somebody else changed it since it was read. */
export async function changeTask(
  actor: Actor,
  input: TaskChange,
  now: Date,
): Promise<Result<{ version: number }, TaskRefusal>> {
  const { taskId: id, version, status, ownerId, dueOn, title } = input;
  return db.$transaction(async (tx) => {
    const task = await tx.readinessTask.findUnique({ where: { id } });
    if (!task || !maySeeVenture(actor, task.ventureId)) throw new AppError("NOT_FOUND");
    if (!(await mayOwn(tx, task.ventureId, ownerId))) return refuse("NO_SUCH_PERSON");
    const closedAt = status === "open" ? null : (task.closedAt ?? now);
    const data = { status, ownerId, title, closedAt, dueOn: dueOn ? dayDate(dueOn) : null, version: version + 1 };
    const { count } = await tx.readinessTask.updateMany({ where: { id, version }, data });
    if (count !== 1) return refuse("CONFLICT");
    const before = {
      status: task.status,
      ownerId: task.ownerId,
      title: task.title,
      dueOn: task.dueOn && dayText(task.dueOn),
    };
    const payload = { criterion: task.criterion, before, after: { status, ownerId, title, dueOn } };
    const type =
      status !== task.status ? `readiness.task-${status === "open" ? "reopened" : status}` : "readiness.task-changed";
    await recordEvent(tx, {
      ventureId: task.ventureId,
      type,
      actor: actor.ref,
      subject: `readiness-task:${id}`,
      payload,
      at: now,
    });
    return ok({ version: version + 1 });
  });
}
