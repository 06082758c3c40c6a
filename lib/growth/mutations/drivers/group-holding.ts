import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { loadCapTable } from "@/lib/cap-table/queries";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { GROUP_HOLDING } from "../../queries/drivers/drivers";
import type { SetGroupHolding, TreeRefusal } from "../../schema/driver-tree";
import { bumpDataset, lockDataset, TRANSACTION } from "./driver-tree";

/** Says which holders of the cap table are the group's own; `version` is the one that the person saw, 0 for none. */
export async function setGroupHolding(
  actor: Actor,
  { ventureId, holderIds, version, reason }: SetGroupHolding,
  now: Date,
): Promise<Result<{ version: number }, TreeRefusal>> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await lockDataset(tx, ventureId, GROUP_HOLDING, now);
    const held = await tx.groupHolding.findUnique({ where: { ventureId } });
    if ((held?.version ?? 0) !== version) return refuse("STALE_TREE");
    const { table } = await loadCapTable(tx, ventureId);
    const ids = [...new Set(holderIds)];
    if (ids.some((id) => !table?.holders.has(id))) return refuse("UNKNOWN_HOLDER");
    const data = { holderIds: ids, version: version + 1, reason, setBy: actor.ref, setAt: now };
    await tx.groupHolding.upsert({ where: { ventureId }, create: { ventureId, ...data }, update: data });
    await bumpDataset(tx, ventureId, GROUP_HOLDING, now);
    const payload = { before: held?.holderIds ?? [], after: ids, reason, version: version + 1 };
    const subject = `venture:${ventureId}`;
    await recordEvent(tx, { ventureId, type: "group-holding.set", actor: actor.ref, subject, payload, at: now });
    return ok({ version: version + 1 });
  }, TRANSACTION);
}
