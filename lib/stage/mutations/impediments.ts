import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { addClearance, settleClearance } from "@/lib/closing/mutations/remediation";
import { db, type Tx } from "@/lib/db";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { withdrawOutdated } from "@/lib/decisions/mutations/outdated";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { holdTranche } from "@/lib/ledger/mutations/dispute";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { engineClient, startInTransaction } from "@/lib/workflows/transport";
import { LIFT_PERMISSION } from "../rules/impediments";
import {
  type Holds,
  IMPEDIMENT_LABELS,
  type ImpedimentRefusal,
  type LiftImpediment,
  type RecordImpediment,
} from "../schema/impediments";
import { heldByOthers, holdPreparation, holdSale, releasePreparation, releaseSale } from "./holds";
import {
  clearImpediment,
  type ImpedimentRow,
  lockImpediment,
  lockImpediments,
  recordImpedimentEvent,
  tellImpediment,
} from "./impediment-row";
import { UNDER_WAY } from "./realization";

export const impedimentWorkflowId = (impedimentId: string): string => `impediment:${impedimentId}`;

/** Where it stands: the deal of a block, the tranche of a dispute; why it cannot be recorded there. */
async function placeOf(tx: Tx, input: RecordImpediment): Promise<ImpedimentRefusal | null> {
  const { ventureId, kind } = input;
  const open = { ventureId, kind, status: "open" };
  if (kind === "regulatory-block") {
    const selling = await tx.realization.count({ where: { ventureId, status: { in: UNDER_WAY } } });
    if (selling === 0) return "NOT_SELLING";
    const deal = await tx.deal.findFirst({ where: { id: input.dealId, ventureId } });
    if (!deal || deal.stage === "fallen-through" || deal.stage === "complete") return "NO_SUCH_DEAL";
    return (await tx.impediment.count({ where: { ...open, dealId: input.dealId } })) > 0 ? "ALREADY_RECORDED" : null;
  }
  if (kind === "earn-out-dispute") {
    const tranche = await tx.deferredTranche.findFirst({ where: { id: input.trancheId, ventureId, kind: "earn-out" } });
    if (!tranche || tranche.status === "closed") return "NOT_AN_EARN_OUT";
    if (input.occurredOn < dayText(tranche.opensOn)) return "BEFORE_IT_BEGAN";
    const known = await tx.impediment.count({ where: { ...open, trancheId: input.trancheId } });
    return known > 0 ? "ALREADY_RECORDED" : null;
  }
  const record = await tx.stageRecord.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (!record || record.endedAt) return "STAGE_NOT_OPEN";
  const same = { ...open, nature: input.nature, occurredOn: dayDate(input.occurredOn) };
  return (await tx.impediment.count({ where: same })) > 0 ? "ALREADY_RECORDED" : null;
}

/**
 * What is held at once, before the chairman has decided: what could not be taken back. A deal that a regulator stands
 * against cannot close, a disputed tranche is frozen, and in an emergency preparation and sale wait.
 */
async function holdAtOnce(
  tx: Tx,
  id: string,
  input: RecordImpediment,
  ref: string,
  now: Date,
): Promise<Partial<Holds>> {
  const by = { ref, key: `impediment:${id}`, now };
  const reason = `${IMPEDIMENT_LABELS[input.kind]}: ${input.grounds}`;
  if (input.kind === "regulatory-block")
    return { itemId: await addClearance(tx, input.dealId, input.raisedBy, { ref, now }) };
  if (input.kind === "earn-out-dispute")
    return { froze: await holdTranche(tx, { trancheId: input.trancheId, frozen: true, reason, by: ref }, now) };
  const others = await heldByOthers(tx, input.ventureId, id);
  const preparationId = (await holdPreparation(tx, input.ventureId, reason, by)) ?? others.preparationId;
  const realizationId = (await holdSale(tx, input.ventureId, reason, by)) ?? others.realizationId;
  return { preparationId, realizationId };
}

/** Records what stands in the way, holds what must not go on, tells the chairman, and has the memo written. One commit. */
export async function recordImpediment(
  actor: Actor,
  input: RecordImpediment,
  now: Date,
): Promise<Result<{ impedimentId: string }, ImpedimentRefusal>> {
  if (!isPermitted(actor.role, "deal:edit")) throw new AppError("FORBIDDEN");
  const { ventureId, kind, nature, raisedBy, grounds, occurredOn, evidence } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  await engineClient();
  return db.$transaction(
    async (tx) => {
      await lockImpediments(tx, ventureId);
      const venture = await tx.venture.findUnique({ where: { id: ventureId } });
      if (!venture) throw new AppError("NOT_FOUND");
      if (occurredOn > todayOf(venture, now)) return refuse("DATE_IN_FUTURE" as const);
      const refused = await placeOf(tx, input);
      if (refused) return refuse(refused);
      const place = {
        dealId: kind === "regulatory-block" ? input.dealId : null,
        trancheId: kind === "earn-out-dispute" ? input.trancheId : null,
      };
      const { id } = await tx.impediment.create({
        data: {
          ...{ ventureId, kind, nature, ...place, raisedBy, grounds, evidence, occurredOn: dayDate(occurredOn) },
          ...{ status: "open", recordedBy: actor.ref, recordedAt: now },
        },
      });
      const holds = await holdAtOnce(tx, id, input, actor.ref, now);
      await tx.impediment.update({ where: { id }, data: { holds } });
      const title = `${IMPEDIMENT_LABELS[kind]}: ${raisedBy}`;
      await tellImpediment(tx, { ventureId, kind }, { title, detail: grounds }, now);
      const payload = { kind, nature, ...place, raisedBy, grounds, occurredOn, evidence, holds };
      await recordImpedimentEvent(tx, { id, ventureId }, { what: "recorded", by: actor.ref, payload }, now);
      await startInTransaction(tx, { name: "impediment", id: impedimentWorkflowId(id), args: [id, ventureId] });
      return ok({ impedimentId: id });
    },
    { timeout: 20_000 },
  );
}

/** Sets going again what this one stopped, unless another that is open holds it too. */
async function letGo(tx: Tx, row: ImpedimentRow, said: LiftImpediment, ref: string, now: Date): Promise<void> {
  const by = { ref, key: `impediment:${row.id}:lifted`, now };
  const { itemId, froze, realizationId, preparationId } = row.holds;
  const others = await tx.impediment.findMany({
    where: { ventureId: row.ventureId, status: "open", NOT: { id: row.id } },
    select: { kind: true, trancheId: true, holds: true },
  });
  if (itemId) await settleClearance(tx, itemId, { note: said.resolution, on: said.on }, { ref, now });
  const disputed = others.some(({ trancheId }) => trancheId !== null && trancheId === row.trancheId);
  if (row.trancheId && froze && !disputed)
    await holdTranche(tx, { trancheId: row.trancheId, frozen: false, reason: said.resolution, by: ref }, now);
  const names = JSON.stringify(others.map(({ holds }) => holds));
  if (preparationId && !names.includes(preparationId)) await releasePreparation(tx, preparationId, by);
  if (realizationId && !names.includes(realizationId)) await releaseSale(tx, realizationId, by);
}

/** It is over: what waited because of it goes on, by itself. */
export async function liftImpediment(
  actor: Actor,
  input: LiftImpediment,
  now: Date,
): Promise<Result<null, ImpedimentRefusal>> {
  if (!isPermitted(actor.role, "deal:edit")) throw new AppError("FORBIDDEN");
  await engineClient();
  return db.$transaction(
    async (tx) => {
      const asked = await tx.impediment.findUnique({ where: { id: input.impedimentId }, select: { memoId: true } });
      // The memo before the impediment, as where a decision is carried out.
      if (asked?.memoId) await lockMemo(tx, asked.memoId);
      const row = await lockImpediment(tx, input.impedimentId);
      if (!maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
      if (!isPermitted(actor.role, LIFT_PERMISSION[row.kind])) return refuse("CHAIRMAN_ONLY" as const);
      if (row.status !== "open") return refuse("LIFTED_ALREADY" as const);
      if (row.version !== input.version) return refuse("CONFLICT" as const);
      const venture = await tx.venture.findUniqueOrThrow({ where: { id: row.ventureId } });
      if (input.on > todayOf(venture, now)) return refuse("DATE_IN_FUTURE" as const);
      if (input.on < dayText(row.occurredOn)) return refuse("BEFORE_IT_BEGAN" as const);
      const { resolution } = input;
      const lifted = { status: "lifted", liftedOn: dayDate(input.on), resolution, liftedBy: actor.ref, liftedAt: now };
      await tx.impediment.update({ where: { id: row.id }, data: { ...lifted, version: { increment: 1 } } });
      await letGo(tx, row, input, actor.ref, now);
      await clearImpediment(tx, row, now);
      if (row.memoId) await withdrawOutdated(tx, row.memoId, "What it was about is lifted", actor.ref, now);
      const payload = { kind: row.kind, on: input.on, resolution };
      await recordImpedimentEvent(tx, row, { what: "lifted", by: actor.ref, payload }, now);
      return ok(null);
    },
    { timeout: 20_000 },
  );
}
