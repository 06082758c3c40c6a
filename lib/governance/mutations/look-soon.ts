import "server-only";
import { db } from "@/lib/db";
import { enqueue } from "@/lib/workflows/transport";

/**
 * What takes too long for the person who imports: anomalies, triggers and letters are looked at by a run of their own,
 * at once. Only in stage 40; all other ventures are looked at by night.
 */
export async function lookSoon(ventureId: string, now: Date): Promise<void> {
  const venture = await db.venture.findUnique({ where: { id: ventureId }, select: { stage: true, archivedAt: true } });
  if (venture?.stage !== "active" || venture.archivedAt) return;
  await enqueue({ name: "look", id: `look:${ventureId}:${now.toISOString()}`, args: [ventureId] });
}
