import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import type { ChangeRisk, OpenRisk } from "../schema/risks";

const mayTouch = (actor: Actor, ventureId: string | null): boolean =>
  ventureId ? maySeeVenture(actor, ventureId) : actor.ventures === "all";

/** A risk of the holding may be owned by anybody who works on ventures. */
async function ownerFits(tx: Tx, ventureId: string | null, ownerId: string | null): Promise<boolean> {
  if (ownerId === null) return true;
  if (ventureId) return mayOwn(tx, ventureId, ownerId);
  return (
    (await tx.user.count({ where: { id: ownerId, disabledAt: null, role: { in: ["chairman", "analyst"] } } })) === 1
  );
}

/** The cause of the alert that a risk is opened from; the alert must be of the same venture. */
async function causeOf(tx: Tx, { alertId, ventureId }: OpenRisk): Promise<string | null> {
  if (!alertId) return null;
  const alert = await tx.alert.findUnique({ where: { id: alertId } });
  if (!alert || alert.ventureId !== ventureId) throw new AppError("NOT_FOUND");
  return alert.causeKey;
}

const OWNER = [{ path: "ownerId", expected: "somebody who works on this venture" }];

export async function openRisk(actor: Actor, input: OpenRisk, now: Date): Promise<Result<{ riskId: string }, "OWNER">> {
  if (!isPermitted(actor.role, "risk:edit")) throw new AppError("FORBIDDEN");
  const { ventureId, alertId: _, dueOn, ...said } = input;
  if (!mayTouch(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    if (!(await ownerFits(tx, ventureId, said.ownerId))) return refuse("OWNER", OWNER);
    const causeKey = await causeOf(tx, input);
    const { id } = await tx.risk.create({
      data: {
        ...{ ...said, ventureId, causeKey, status: "open", dueOn: dueOn ? dayDate(dueOn) : null },
        ...{ openedBy: actor.ref, openedAt: now, changedAt: now },
      },
    });
    await recordEvent(tx, {
      ...{ ventureId, type: "risk.opened", actor: actor.ref, subject: `risk:${id}`, at: now },
      payload: { ...said, dueOn, causeKey },
    });
    return ok({ riskId: id });
  });
}

export type ChangeRiskRefusal = "CONFLICT" | "OWNER" | "SAME";

/** The whole risk as the person left it; of two who change the same version one is told to look again. */
export async function changeRisk(actor: Actor, input: ChangeRisk, now: Date): Promise<Result<null, ChangeRiskRefusal>> {
  if (!isPermitted(actor.role, "risk:edit")) throw new AppError("FORBIDDEN");
  const { riskId, version, dueOn, ...said } = input;
  return db.$transaction(async (tx) => {
    const before = await tx.risk.findUnique({ where: { id: riskId } });
    if (!before || !mayTouch(actor, before.ventureId)) throw new AppError("NOT_FOUND");
    if (!(await ownerFits(tx, before.ventureId, said.ownerId))) return refuse("OWNER", OWNER);
    const closedAt = said.status === "closed" ? (before.closedAt ?? now) : null;
    const data = { ...said, dueOn: dueOn ? dayDate(dueOn) : null, closedAt, changedAt: now };
    const { count } = await tx.risk.updateMany({
      where: { id: riskId, version },
      data: { ...data, version: { increment: 1 } },
    });
    if (count !== 1) return refuse("CONFLICT");
    const was = {
      ...{ title: before.title, likelihood: before.likelihood, impact: before.impact, status: before.status },
      ...{ ownerId: before.ownerId, mitigation: before.mitigation },
    };
    await recordEvent(tx, {
      ...{ ventureId: before.ventureId, actor: actor.ref, subject: `risk:${riskId}`, at: now },
      type: said.status === "closed" && before.status !== "closed" ? "risk.closed" : "risk.changed",
      payload: { ...said, dueOn, was, version: version + 1 },
    });
    return ok(null);
  });
}
