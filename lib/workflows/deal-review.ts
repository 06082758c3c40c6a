import "server-only";
import { type StartedRun, startRun } from "@/lib/agents/mutations/runs";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { modelLabel } from "./run-runtime";

const review = (by: Actor, ventureId: string, now: Date): Promise<StartedRun> =>
  startRun(by, { ventureId, agent: "value", task: "review", model: modelLabel() }, now);

/** A person moved a deal: the manager looks at the sale anew, and its panel shows the work as it comes. */
export async function withReview<T extends { ok: boolean }>(by: Actor, dealId: string, moved: Promise<T>): Promise<T> {
  const outcome = await moved;
  if (!outcome.ok) return outcome;
  const { ventureId } = await db.deal.findUniqueOrThrow({ where: { id: dealId }, select: { ventureId: true } });
  await review(by, ventureId, clock.now());
  return outcome;
}

/** A memo moved it: the same, unless the manager has looked since. */
export async function reviewAfterMemo(by: Actor, ventureId: string, now: Date): Promise<void> {
  const step = await db.dealStep.findFirst({ where: { deal: { ventureId } }, orderBy: { at: "desc" } });
  if (!step?.memoId) return;
  const since = { ventureId, agent: "value", task: "review", createdAt: { gte: step.at } };
  if ((await db.agentRun.count({ where: since })) === 0) await review(by, ventureId, now);
}
