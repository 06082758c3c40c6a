import "server-only";
import type { Prisma, Tx } from "@/lib/db";

export type NewEffect = {
  /** `step.key`, or a key that names the effect itself: "memo:<id>:initiative". */
  key: string;
  kind: string;
  ventureId: string | null;
  subject: string;
  at: Date;
};

/**
 * Does `work` once per key and keeps its result in the same transaction. Of two that try, the second waits for the first
 * and gets the first's result; `fresh` says which one this was.
 */
export async function runEffect<T extends Prisma.InputJsonObject>(
  tx: Tx,
  effect: NewEffect,
  work: () => Promise<T>,
): Promise<{ fresh: boolean; result: T }> {
  // Effects are append-only, so the row comes after the work; the lock makes the second one wait until then.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${effect.key}, 1))`;
  const stored = await tx.effect.findUnique({ where: { key: effect.key } });
  if (stored) return { fresh: false, result: stored.result as unknown as T };
  const result = await work();
  await tx.effect.create({ data: { ...effect, result } });
  return { fresh: true, result };
}
