import "server-only";
import type { Tx } from "@/lib/db";
import type { ClosingRow, ItemRow } from "../queries/closing-row";
import { isOver, isSettled } from "../rules/checklist";
import { lockClosing, recordClosing, writeItem, writtenBefore } from "./closing-row";

type Taking = { importId: string; by: string; now: Date };
type Change = { id: bigint; itemId: string; before: unknown; item: { dealId: string } };

const changesOf = (tx: Tx, importId: string): Promise<Change[]> =>
  tx.closingChange.findMany({
    where: { importId, undoneAt: null },
    select: { id: true, itemId: true, before: true, item: { select: { dealId: true } } },
    orderBy: { id: "desc" },
  });

/** Items of the file on which somebody has worked since, for which another one waits, or which a release has settled. */
async function builtUpon(
  tx: Tx,
  { items, signatures }: Pick<ClosingRow, "items" | "signatures">,
  changes: readonly Change[],
  brought: ReadonlySet<string>,
): Promise<ItemRow[]> {
  const last = new Map(changes.toReversed().map(({ itemId, id }) => [itemId, id]));
  const own = new Set(changes.map(({ id }) => id));
  const touched = new Set([...last.keys(), ...brought]);
  const where = { itemId: { in: [...touched] }, undoneAt: null };
  const later = (await tx.closingChange.findMany({ where, select: { id: true, itemId: true } })).filter(
    ({ id, itemId }) => !own.has(id) && (brought.has(itemId) || id > (last.get(itemId) ?? 0n)),
  );
  return items.filter((item) => {
    if (!touched.has(item.id)) return item.after.some((id) => brought.has(id));
    if (isOver(item, signatures) || later.some(({ itemId }) => itemId === item.id)) return true;
    return brought.has(item.id) && (isSettled(item) || item.waived.length > 0);
  });
}

async function takeBackOne(tx: Tx, dealId: string, changes: readonly Change[], { importId, by, now }: Taking) {
  const { closing } = await lockClosing(tx, null, dealId, now);
  // Also those that were taken off the list since: bringing one back would bring back a part of the file.
  const rows = await tx.closingItem.findMany({ where: { importId, dealId }, select: { id: true } });
  const brought = new Set(rows.map(({ id }) => id));
  const built = await builtUpon(tx, closing, changes, brought);
  if (built.length > 0) return built.map(({ task }) => `“${task.title}”`);
  for (const change of changes) {
    const held = (await lockClosing(tx, null, dealId, now)).closing.items.find(({ id }) => id === change.itemId);
    const then = writtenBefore(change.before);
    if (held && then && !brought.has(held.id)) await writeItem(tx, held, then, { ref: by, now, silent: true });
    await tx.closingChange.update({ where: { id: change.id }, data: { undoneBy: by, undoneAt: now } });
  }
  await tx.closingItem.deleteMany({ where: { id: { in: [...brought] } } });
  const payload = { importId, changed: changes.length, removed: brought.size };
  await recordClosing(tx, closing, { type: "closing.checklist-taken-back", by, payload, now });
  return [];
}

/** Items that a file brought leave, and those that it changed are as they were; named where somebody worked on one. */
export async function takeBackChecklist(tx: Tx, taking: Taking): Promise<string[]> {
  const changes = await changesOf(tx, taking.importId);
  const brought = await tx.closingItem.findMany({ where: { importId: taking.importId }, select: { dealId: true } });
  const deals = new Set([...changes.map(({ item }) => item.dealId), ...brought.map(({ dealId }) => dealId)]);
  const built: string[] = [];
  for (const dealId of deals) {
    const own = changes.filter(({ item }) => item.dealId === dealId);
    built.push(...(await takeBackOne(tx, dealId, own, taking)));
  }
  return built;
}
