import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { isWaived, waiverRefusal } from "../rules/checklist";
import type { ClosingRefusal, RecordWaiver, Side } from "../schema";
import { type HeldItem, lockItem, recordClosing, writeItem, writtenOf } from "./closing-row";

type Given = { side: Side; reason: string; on: string; memoId: string | null; by: string; now: Date };

/** A side has given the condition up; it is waived once everybody whom it protects has. */
export async function giveUp(tx: Tx, { closing, item }: HeldItem, given: Given): Promise<void> {
  const { side, reason, on, memoId, by, now } = given;
  await tx.closingWaiver.create({
    data: { itemId: item.id, side, reason, happened: dayDate(on), memoId, by, at: now },
  });
  const over = isWaived(item.task.condition, [...item.waived, side]);
  const next = { ...writtenOf(item), state: over ? ("waived" as const) : item.state };
  await writeItem(tx, item, next, { ref: by, now, silent: true });
  const payload = { item: item.id, title: item.task.title, side, reason, on, memoId, waived: over };
  await recordClosing(tx, closing, { type: "closing.condition-waived", by, payload, now });
}

/** The other side gave a condition up that protects it. Ours are the chairman's to give up. */
export async function recordWaiver(
  actor: Actor,
  { itemId, version, reason, on }: RecordWaiver,
  now: Date,
): Promise<Result<{ version: number }, ClosingRefusal>> {
  return db.$transaction(async (tx) => {
    const held = await lockItem(tx, actor, itemId, now);
    if (held.item.version !== version) return refuse("CONFLICT");
    if (on > held.today) return refuse("DATE_IN_FUTURE", [{ path: "on", expected: "a day up to today" }]);
    const no = waiverRefusal(held.item, "theirs");
    if (no) return refuse(no.refusal, no.problems);
    await giveUp(tx, held, { side: "theirs", reason, on, memoId: null, by: actor.ref, now });
    return ok({ version: version + 1 });
  });
}
