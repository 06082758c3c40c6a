import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { removalRefusal } from "../rules/checklist";
import type { ClosingRefusal, RemoveDocument, RemoveItem, RestoreRemoved } from "../schema";
import { lockClosing, lockItem, recordClosing } from "./closing-row";

type Done = Result<{ version: number }, ClosingRefusal>;

/** An item that is not needed leaves the checklist with its reason. A condition does not: it is waived, or settled. */
export async function removeItem(actor: Actor, { itemId, version, reason }: RemoveItem, now: Date): Promise<Done> {
  return db.$transaction(async (tx) => {
    const { closing, item, others } = await lockItem(tx, actor, itemId, now);
    if (item.version !== version) return refuse("CONFLICT");
    const no = removalRefusal(item, others, closing.signatures);
    if (no) return refuse(no.refusal, no.problems);
    // Its place is free for others: what is removed is counted below zero.
    const { _min } = await tx.closingItem.aggregate({ where: { dealId: closing.dealId }, _min: { ordinal: true } });
    const ordinal = Math.min(0, _min.ordinal ?? 0) - 1;
    const data = { removedAt: now, removedReason: reason, version: version + 1, ordinal };
    await tx.closingItem.update({ where: { id: itemId }, data });
    const payload = { item: itemId, title: item.task.title, reason };
    const said = { type: "closing.item-removed", by: actor.ref, payload, now };
    return ok({ version: await recordClosing(tx, closing, said) });
  });
}

/** A document leaves the list with its signatures, unless one of them is held: that is given back first. */
export async function removeDocument(
  actor: Actor,
  { dealId, version, documentId, reason }: RemoveDocument,
  now: Date,
): Promise<Done> {
  return db.$transaction(async (tx) => {
    const { closing } = await lockClosing(tx, actor, dealId, now);
    if (closing.version !== version) return refuse("CONFLICT");
    const own = closing.signatures.filter((one) => one.documentId === documentId);
    const [first] = own;
    if (!first) return refuse("NO_SUCH_SIGNATURE");
    if (own.some(({ state }) => state === "released")) return refuse("RELEASED");
    if (own.some(({ state }) => state === "held")) return refuse("STILL_HELD");
    await tx.closingDocument.update({ where: { id: documentId }, data: { removedAt: now, removedReason: reason } });
    const payload = { document: documentId, title: first.title, reason };
    const said = { type: "closing.document-removed", by: actor.ref, payload, now };
    return ok({ version: await recordClosing(tx, closing, said) });
  });
}

/** What was removed is back as it was; what it waited for and is gone since holds it up no more. */
export async function restoreRemoved(actor: Actor, { dealId, version, id }: RestoreRemoved, now: Date): Promise<Done> {
  return db.$transaction(async (tx) => {
    const { closing } = await lockClosing(tx, actor, dealId, now);
    if (closing.version !== version) return refuse("CONFLICT");
    const removed = closing.removed.find((one) => one.id === id);
    if (!removed) return refuse("NO_SUCH_ITEM");
    if (closing.signatures.some(({ state }) => state === "released")) return refuse("RELEASED");
    const back = { removedAt: null, removedReason: null };
    if (removed.kind === "document") await tx.closingDocument.update({ where: { id }, data: back });
    else {
      const after = removed.after.filter((one) => closing.items.some((item) => item.id === one));
      const ordinal = Math.max(0, ...closing.items.map((one) => one.ordinal)) + 1;
      await tx.closingItem.update({ where: { id }, data: { ...back, after, ordinal, version: { increment: 1 } } });
    }
    const payload = { kind: removed.kind, id, title: removed.title };
    const said = { type: "closing.brought-back", by: actor.ref, payload, now };
    return ok({ version: await recordClosing(tx, closing, said) });
  });
}
