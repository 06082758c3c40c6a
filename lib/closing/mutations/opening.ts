import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { lockDeal, ventureOfDeal } from "@/lib/deals/mutations/deal-row";
import { ok, type Result, refuse } from "@/lib/errors";
import { CLOSING_STAGES } from "../queries/closing";
import { TEMPLATE_ITEMS } from "../rules/templates";
import { type ClosingRefusal, type KeepSizes, NO_SIZES, type OpenClosing, type Task } from "../schema";
import { asJson, lockClosing, recordClosing } from "./closing-row";

/** Begins the checklist of a deal from the template of its kind. */
export async function openClosing(
  actor: Actor,
  { dealId, template }: OpenClosing,
  now: Date,
): Promise<Result<{ version: number }, ClosingRefusal>> {
  await ventureOfDeal(actor, dealId);
  return db.$transaction(async (tx) => {
    const { deal, ventureId } = await lockDeal(tx, dealId);
    if (!CLOSING_STAGES.includes(deal.stage) || deal.stage === "complete") return refuse("NOT_THERE_YET");
    if (await tx.closing.findUnique({ where: { dealId } })) return refuse("ALREADY_OPEN");
    const rows = TEMPLATE_ITEMS[template];
    const ids = new Map(rows.map(({ key }) => [key, randomUUID()]));
    const opened = { openedBy: actor.ref, openedAt: now };
    await tx.closing.create({ data: { dealId, ventureId, template, regulatory: NO_SIZES, version: 1, ...opened } });
    await tx.closingItem.createMany({
      data: rows.map(({ key, group, title, party, days, condition, after }, index) => {
        const task: Task = { group, title, party, person: "", dueOn: null, days, condition };
        return {
          ...{ id: ids.get(key) ?? randomUUID(), dealId, ordinal: index + 1, task: asJson(task), state: "open" },
          ...{ after: after.flatMap((one) => ids.get(one) ?? []), version: 1 },
        };
      }),
    });
    const about = { ventureId, actor: actor.ref, subject: `closing:${dealId}`, at: now };
    await recordEvent(tx, { ...about, type: "closing.opened", payload: { template, items: rows.length } });
    return ok({ version: 1 });
  });
}

/** What the regulatory question needs to know, each with where it is from. */
export async function keepSizes(
  actor: Actor,
  { dealId, version, regulatory }: KeepSizes,
  now: Date,
): Promise<Result<{ version: number }, ClosingRefusal>> {
  return db.$transaction(async (tx) => {
    const { closing } = await lockClosing(tx, actor, dealId, now);
    if (closing.version !== version) return refuse("CONFLICT");
    await tx.closing.update({ where: { dealId }, data: { regulatory } });
    const payload = { before: closing.regulatory, after: regulatory };
    const said = { type: "closing.sizes-kept", by: actor.ref, payload, now };
    return ok({ version: await recordClosing(tx, closing, said) });
  });
}
