import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { DRIVER_TREE, loadTree } from "../../queries/drivers/drivers";
import { editTree } from "../../rules/drivers/driver-edits";
import type { EditTree, RestoreTree, StoredNode, TreeRefusal } from "../../schema/driver-tree";

/** A busy machine may take longer than a transaction is given by default. */
export const TRANSACTION = { timeout: 30_000, maxWait: 20_000 };

/** Holds the data set's row until the transaction ends: changes of one tree come one after the other. */
export async function lockDataset(tx: Tx, ventureId: string, dataset: string, now: Date): Promise<void> {
  await tx.datasetVersion.createMany({
    data: [{ ventureId, dataset, version: 0, changedAt: now }],
    skipDuplicates: true,
  });
  await tx.$queryRaw`SELECT 1 AS locked FROM "dataset_version"
    WHERE "ventureId" = ${ventureId}::uuid AND "dataset" = ${dataset} FOR UPDATE`;
}

export const bumpDataset = (tx: Tx, ventureId: string, dataset: string, now: Date) =>
  tx.datasetVersion.update({
    where: { ventureId_dataset: { ventureId, dataset } },
    data: { version: { increment: 1 }, changedAt: now },
  });

type Change = { ventureId: string; version: number; reason: string };
type Made = Result<{ tree: StoredNode; what: Prisma.InputJsonObject }, TreeRefusal>;

/** A next version made from the one that the person saw; refused where somebody was quicker. */
async function change(
  actor: Actor,
  { ventureId, version, reason }: Change,
  now: Date,
  make: (tx: Tx, tree: StoredNode, venture: Parameters<typeof loadTree>[1]) => Promise<Made>,
): Promise<Result<{ version: number }, TreeRefusal>> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await lockDataset(tx, ventureId, DRIVER_TREE, now);
    const current = await loadTree(tx, venture, null);
    if (current?.version !== version) return refuse("STALE_TREE");
    const made = await make(tx, current.tree, venture);
    if (!made.ok) return made;
    const next = version + 1;
    await tx.driverTreeVersion.create({
      data: {
        ...{ ventureId, version: next, template: current.template, reason, createdBy: actor.ref, createdAt: now },
        tree: made.value.tree as unknown as Prisma.InputJsonObject,
      },
    });
    await bumpDataset(tx, ventureId, DRIVER_TREE, now);
    const subject = `driver-tree:${ventureId}`;
    const payload = { version: next, reason, ...made.value.what };
    await recordEvent(tx, { ventureId, type: "driver-tree.changed", actor: actor.ref, subject, payload, at: now });
    return ok({ version: next });
  }, TRANSACTION);
}

/** One change of the tree as a new version. */
export function editDriverTree(actor: Actor, { edit, ...input }: EditTree, now: Date) {
  return change(actor, input, now, async (_tx, tree) => {
    const edited = editTree(tree, edit);
    return edited.ok ? ok({ tree: edited.value, what: { edit } }) : edited;
  });
}

/** Undoes by a new version like an older one; 0 is the template. Nothing is deleted. */
export function restoreDriverTree(actor: Actor, { to, ...input }: RestoreTree, now: Date) {
  return change(actor, input, now, async (tx, _tree, venture) => {
    const older = await loadTree(tx, venture, to);
    return older ? ok({ tree: older.tree, what: { restored: to } }) : refuse("UNKNOWN_VERSION");
  });
}
