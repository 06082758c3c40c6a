import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { conditionRefusal, isOver, stateRefusal, writeRefusal } from "../rules/checklist";
import type { AddItem, ClosingRefusal, EditItem, SetStates, UndoItem } from "../schema";
import {
  asJson,
  lockClosing,
  lockItem,
  recordClosing,
  type Written,
  writeItem,
  writtenBefore,
  writtenOf,
} from "./closing-row";

type Done = Result<{ version: number }, ClosingRefusal>;
const refuseWith = ({ refusal, problems }: { refusal: ClosingRefusal; problems: FieldProblem[] }) =>
  refuse(refusal, problems);

export async function addItem(
  actor: Actor,
  { dealId, task, after }: AddItem,
  now: Date,
): Promise<Result<{ itemId: string }, ClosingRefusal>> {
  return db.$transaction(async (tx) => {
    const { closing } = await lockClosing(tx, actor, dealId, now);
    const item = { id: randomUUID(), task, after, state: "open" as const, waived: [] };
    if (isOver(item, closing.signatures)) return refuse("RELEASED");
    const no = writeRefusal(item, closing.items);
    if (no) return refuseWith(no);
    const ordinal = Math.max(0, ...closing.items.map((one) => one.ordinal)) + 1;
    const data = { id: item.id, dealId, ordinal, task: asJson(task), after, state: "open", version: 1 };
    await tx.closingItem.create({ data });
    await recordClosing(tx, closing, {
      type: "closing.item-added",
      by: actor.ref,
      payload: { item: item.id, task },
      now,
    });
    return ok({ itemId: item.id });
  });
}

export async function editItem(actor: Actor, { itemId, version, task, after }: EditItem, now: Date): Promise<Done> {
  return db.$transaction(async (tx) => {
    const { closing, item, others } = await lockItem(tx, actor, itemId, now);
    if (item.version !== version) return refuse("CONFLICT");
    if (isOver(item, closing.signatures)) return refuse("RELEASED");
    const next: Written = { ...writtenOf(item), task, after };
    const no = conditionRefusal(item, task.condition) ?? writeRefusal({ ...item, task, after }, others);
    if (no) return refuseWith(no);
    await writeItem(tx, item, next, { ref: actor.ref, now });
    const payload = { item: itemId, before: writtenOf(item), after: next };
    await recordClosing(tx, closing, { type: "closing.item-edited", by: actor.ref, payload, now });
    return ok({ version: version + 1 });
  });
}

/** Items enter a state together or not at all. What a condition rests on is written down with it. */
export async function setStates(
  actor: Actor,
  { dealId, items, state, evidence }: SetStates,
  now: Date,
): Promise<Result<{ changed: number }, ClosingRefusal>> {
  return db.$transaction(async (tx) => {
    const { closing, today } = await lockClosing(tx, actor, dealId, now);
    const chosen = closing.items.filter(({ id }) => items.some((one) => one.id === id));
    if (chosen.length !== items.length) return refuse("NO_SUCH_ITEM");
    if (chosen.some(({ id, version }) => items.find((one) => one.id === id)?.version !== version))
      return refuse("CONFLICT");
    if (chosen.some((one) => isOver(one, closing.signatures))) return refuse("RELEASED");
    if (evidence && evidence.on > today)
      return refuse("DATE_IN_FUTURE", [{ path: "evidence.on", expected: "a day up to today" }]);
    if (!(await isThere(tx, closing.ventureId, evidence?.documentId ?? null))) return refuse("NO_SUCH_DOCUMENT");
    const bare = !evidence || (evidence.documentId === null && evidence.note === "");
    const needs = state === "done" || state === "not-applicable";
    const lacking = chosen.filter(({ task }) => needs && bare && task.condition !== null);
    if (lacking.length > 0)
      return refuse("NO_EVIDENCE", [
        { path: "evidence", expected: lacking.map(({ task }) => `“${task.title}”`).join(", ") },
      ]);
    const no = stateRefusal(
      closing.items,
      items.map(({ id }) => id),
      state,
    );
    if (no) return refuseWith(no);
    const next = { state, evidence: needs && !bare ? evidence : null };
    for (const one of chosen) await writeItem(tx, one, { ...writtenOf(one), ...next }, { ref: actor.ref, now });
    const payload = {
      state,
      evidence: next.evidence,
      items: chosen.map(({ id, task }) => ({ id, title: task.title })),
    };
    await recordClosing(tx, closing, { type: "closing.items-moved", by: actor.ref, payload, now });
    return ok({ changed: chosen.length });
  });
}

async function isThere(tx: Tx, ventureId: string, documentId: string | null): Promise<boolean> {
  if (documentId === null) return true;
  return (await tx.roomDocument.count({ where: { id: documentId, removedAt: null, room: { ventureId } } })) > 0;
}

/** Takes an item's last change back, as long as the others still allow it to stand as it was. */
export async function undoItem(actor: Actor, { itemId, version }: UndoItem, now: Date): Promise<Done> {
  return db.$transaction(async (tx) => {
    const { closing, item, others } = await lockItem(tx, actor, itemId, now);
    if (item.version !== version) return refuse("CONFLICT");
    if (isOver(item, closing.signatures)) return refuse("RELEASED");
    if (item.waived.length > 0) return refuse("ALREADY_WAIVED");
    const change = await tx.closingChange.findFirst({ where: { itemId, undoneAt: null }, orderBy: { id: "desc" } });
    const before = change && writtenBefore(change.before);
    if (!change || !before) return refuse("NOTHING_TO_UNDO");
    const then = { ...item, ...before };
    const no = writeRefusal(then, others) ?? stateRefusal([...others, then], [itemId], before.state);
    if (no) return refuseWith(no);
    await writeItem(tx, item, before, { ref: actor.ref, now, silent: true });
    await tx.closingChange.update({ where: { id: change.id }, data: { undoneBy: actor.ref, undoneAt: now } });
    const payload = { item: itemId, title: item.task.title };
    await recordClosing(tx, closing, { type: "closing.change-undone", by: actor.ref, payload, now });
    return ok({ version: version + 1 });
  });
}
