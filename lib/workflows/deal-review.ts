import "server-only";
import { startRun } from "@/lib/agents/mutations/runs";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { modelLabel } from "./run-runtime";

const follow = (by: Actor, ventureId: string, now: Date) =>
  startRun(by, { ventureId, agent: "value", task: "follow", model: modelLabel() }, now);

/** A person moved a deal: the manager looks where the sale stands now, and its panel shows the work as it comes. */
export async function withReview<T extends { ok: boolean }>(by: Actor, dealId: string, moved: Promise<T>): Promise<T> {
  const outcome = await moved;
  if (!outcome.ok) return outcome;
  const { ventureId } = await db.deal.findUniqueOrThrow({ where: { id: dealId }, select: { ventureId: true } });
  await follow(by, ventureId, clock.now());
  return outcome;
}

/** A memo moved it: the same, unless the manager has looked since. */
export async function reviewAfterMemo(by: Actor, ventureId: string, now: Date): Promise<void> {
  const step = await db.dealStep.findFirst({ where: { deal: { ventureId } }, orderBy: { at: "desc" } });
  if (!step?.memoId) return;
  const since = { ventureId, agent: "value", task: "follow", createdAt: { gte: step.at } };
  if ((await db.agentRun.count({ where: since })) === 0) await follow(by, ventureId, now);
}
