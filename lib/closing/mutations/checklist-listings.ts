import "server-only";
import { randomUUID } from "node:crypto";
import { nameKey } from "@/lib/buyers/rules/outreach";
import type { Tx } from "@/lib/db";
import { dayText } from "@/lib/metrics/rules/periods";
import type { ItemRow } from "../queries/closing-row";
import { conditionRefusal, isOver, writeRefusal } from "../rules/checklist";
import { listedTask, namesOf } from "../rules/checklist-listing";
import type { Task } from "../schema";
import { takeBackChecklist } from "./checklist-back";
import { asJson, lockClosing, recordClosing, writeItem, writtenOf } from "./closing-row";

type Settling = { ventureId: string; importId: string; by: string; now: Date };
type Listing = Awaited<ReturnType<Tx["checklistListing"]["findMany"]>>[number];

/** Of each item that a file named the newest row that stands. */
async function newestListings(tx: Tx, { ventureId, importId }: Settling): Promise<Listing[]> {
  const keys = await tx.checklistListing.findMany({
    where: { importId },
    select: { bidderKey: true, titleKey: true },
    orderBy: { id: "asc" },
  });
  const found: Listing[] = [];
  for (const key of keys) {
    const where = { ventureId, ...key, supersededAt: null };
    const newest = await tx.checklistListing.findFirst({ where, orderBy: [{ asOf: "desc" }, { id: "desc" }] });
    if (newest) found.push(newest);
  }
  return found;
}

/** The checklist that rows are about: the bidder's, or the venture's only one where they name nobody. */
async function closingFor(tx: Tx, ventureId: string, bidderKey: string): Promise<string | null> {
  const rows = await tx.closing.findMany({ where: { ventureId }, select: { dealId: true } });
  const deals = await tx.deal.findMany({
    where: { id: { in: rows.map(({ dealId }) => dealId) }, stage: { in: ["definitive-agreement", "closing"] } },
    select: { id: true, bidder: true },
  });
  const meant = bidderKey === "" ? deals : deals.filter(({ bidder }) => nameKey(bidder) === bidderKey);
  return meant.length === 1 ? (meant[0]?.id ?? null) : null;
}

async function addListed(tx: Tx, dealId: string, task: Task, importId: string): Promise<void> {
  const last = await tx.closingItem.aggregate({ where: { dealId }, _max: { ordinal: true } });
  const ordinal = Math.max(0, last._max.ordinal ?? 0) + 1;
  const written = { dealId, ordinal, task: asJson(task), after: [], state: "open", version: 1, importId };
  await tx.closingItem.create({ data: { id: randomUUID(), ...written } });
}

/** An item of the checklist by its title, however it is written. */
const itemNamed = (items: readonly ItemRow[], title: string): ItemRow | undefined =>
  items.find(({ task }) => nameKey(task.title) === nameKey(title));

type Held = Settling & { dealId: string };

/** What each item is, as the file has it over what stands. */
async function settleTasks(tx: Tx, held: Held, rows: readonly Listing[]): Promise<string[]> {
  const { dealId, importId, by, now } = held;
  const { closing } = await lockClosing(tx, null, dealId, now);
  const against: string[] = [];
  for (const row of rows) {
    const item = itemNamed(closing.items, row.title);
    const task = listedTask({ ...row, dueOn: row.dueOn && dayText(row.dueOn) }, item?.task ?? null);
    const same = item !== undefined && JSON.stringify(task) === JSON.stringify(item.task);
    if (same) continue;
    if ([item ?? { task }, { task }].some((one) => isOver(one, closing.signatures)))
      against.push(`“${row.title}” as it was when the signatures were released`);
    else if (!item) await addListed(tx, closing.dealId, task, importId);
    else if (conditionRefusal(item, task.condition))
      against.push(`“${row.title}” without a waiver of its condition, or not settled without evidence`);
    else await writeItem(tx, item, { ...writtenOf(item), task }, { ref: by, now, importId });
  }
  return against;
}

/** What an item waits for, by the titles of its cell; a sentence where that cannot be. */
async function settleAfter(tx: Tx, { dealId, importId, by, now }: Held, row: Listing): Promise<string | null> {
  const { closing } = await lockClosing(tx, null, dealId, now);
  const item = itemNamed(closing.items, row.title);
  if (!item) return null;
  const names = row.after === null ? null : namesOf(row.after);
  const found = (names ?? []).map((name) => itemNamed(closing.items, name)?.id ?? null);
  const unknown = (names ?? []).filter((_, index) => found[index] === null);
  if (unknown.length > 0) return `“${unknown.join("”, “")}” on the list, since “${row.title}” waits for it`;
  const after = names === null ? item.after : found.filter((id) => id !== null);
  const others = closing.items.filter(({ id }) => id !== item.id);
  const no = writeRefusal({ ...item, after }, others);
  if (no) return `“${row.title}” in an order that can be: ${no.problems.map(({ expected }) => expected).join("; ")}`;
  if (after.toSorted().join() === [...item.after].toSorted().join()) return null;
  if (isOver(item, closing.signatures)) return `“${row.title}” as it was when the signatures were released`;
  await writeItem(tx, item, { ...writtenOf(item), after }, { ref: by, now, importId });
  return null;
}

/** First what each item is, so that what waits for what can name any of them; then that. Answers what cannot be. */
async function settleOne(tx: Tx, held: Held, rows: readonly Listing[]): Promise<string[]> {
  const against = await settleTasks(tx, held, rows);
  for (const row of rows) {
    const no = await settleAfter(tx, held, row);
    if (no) against.push(no);
  }
  const { dealId, importId, by, now } = held;
  const { closing } = await lockClosing(tx, null, dealId, now);
  const payload = { importId, items: rows.length };
  await recordClosing(tx, closing, { type: "closing.checklist-loaded", by, payload, now });
  return against;
}

/** After a file of a checklist was written or taken back. Answers what does not let it, by name. */
export async function settleChecklist(tx: Tx, settling: Settling): Promise<string[]> {
  const { ventureId, importId } = settling;
  const stands = await tx.checklistListing.count({ where: { importId, supersededAt: null } });
  if (stands === 0) return takeBackChecklist(tx, settling);
  const byBidder = Map.groupBy(await newestListings(tx, settling), ({ bidderKey }) => bidderKey);
  const against: string[] = [];
  for (const [bidderKey, rows] of byBidder) {
    const dealId = await closingFor(tx, ventureId, bidderKey);
    const name = rows[0]?.bidder ?? "a venture with one deal on its way to closing; name the bidder";
    if (dealId) against.push(...(await settleOne(tx, { ...settling, dealId }, rows)));
    else against.push(`a checklist that is open for ${name}`);
  }
  return against;
}
