import "server-only";
import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db";
import { addDays } from "@/lib/metrics/rules/periods";
import type { Task } from "../schema";
import { asJson, lockClosing, recordClosing, writeItem, writtenOf } from "./closing-row";

type Step = { title: string; days: number };
type By = { ref: string; now: Date };

async function append(tx: Tx, dealId: string, tasks: readonly Task[], { ref, now }: By): Promise<string[]> {
  const { closing } = await lockClosing(tx, null, dealId, now);
  const last = Math.max(0, ...closing.items.map(({ ordinal }) => ordinal));
  const rows = tasks.map((task, index) => ({
    ...{
      id: randomUUID(),
      dealId,
      ordinal: last + index + 1,
      task: asJson(task),
      after: [],
      state: "open",
      version: 1,
    },
  }));
  await tx.closingItem.createMany({ data: rows });
  const payload = { items: rows.map(({ id }, index) => ({ id, title: tasks[index]?.title ?? "" })) };
  await recordClosing(tx, closing, { type: "closing.items-added", by: ref, payload, now });
  return rows.map(({ id }) => id);
}

const hasChecklist = async (tx: Tx, dealId: string): Promise<boolean> =>
  (await tx.closing.count({ where: { dealId } })) > 0;

/** A regulator stands against the deal: its clearance is a condition of law that nobody can give up. Null without a checklist. */
export async function addClearance(tx: Tx, dealId: string, regulator: string, by: By): Promise<string | null> {
  if (!(await hasChecklist(tx, dealId))) return null;
  const title = `Clearance by ${regulator}`.slice(0, 200);
  const task = { group: "regulatory" as const, title, party: "counsel" as const, person: "", dueOn: null, days: null };
  const [id] = await append(tx, dealId, [{ ...task, condition: "law" }], by);
  return id ?? null;
}

/** The steps of a remediation plan on the checklist, each with its day; none where nobody keeps one. */
export async function addRemediation(
  tx: Tx,
  dealId: string,
  plan: readonly Step[],
  on: string,
  by: By,
): Promise<number> {
  if (plan.length === 0 || !(await hasChecklist(tx, dealId))) return 0;
  const tasks = plan.map(({ title, days }): Task => {
    const task = { group: "regulatory" as const, title, party: "counsel" as const, person: "", condition: null };
    return { ...task, dueOn: addDays(on, days), days };
  });
  return (await append(tx, dealId, tasks, by)).length;
}

/** The block is lifted: the condition is fulfilled, by what lifted it. */
export async function settleClearance(
  tx: Tx,
  itemId: string,
  said: { note: string; on: string },
  by: By,
): Promise<void> {
  const found = await tx.closingItem.findUnique({ where: { id: itemId }, select: { dealId: true } });
  if (!found) return;
  const { closing } = await lockClosing(tx, null, found.dealId, by.now);
  const item = closing.items.find(({ id, state }) => id === itemId && (state === "open" || state === "in-progress"));
  if (!item) return;
  const evidence = { documentId: null, note: said.note.slice(0, 300), on: said.on };
  await writeItem(tx, item, { ...writtenOf(item), state: "done", evidence }, by);
  const payload = { state: "done", evidence, items: [{ id: item.id, title: item.task.title }] };
  await recordClosing(tx, closing, { type: "closing.items-moved", by: by.ref, payload, now: by.now });
}
