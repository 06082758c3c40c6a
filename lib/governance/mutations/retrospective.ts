import "server-only";
import { db, type Tx } from "@/lib/db";
import { engineClient } from "@/lib/workflows/transport";
import { loadExitStory } from "../queries/retrospective";
import { writeHandoff } from "./handoffs";

const SYSTEM = "system:governance";
const keyOf = (ventureId: string, ordinal: number): string => `retrospective:${ventureId}:${ordinal}`;

/**
 * Hands the exit of a venture over to governance, once for each life in stage 40, in the caller's transaction. Call
 * `engineClient()` before it begins.
 */
export async function handOffRetrospective(
  tx: Tx,
  { ventureId, ordinal }: { ventureId: string; ordinal: number },
  now: Date,
): Promise<{ handoffId: string; fresh: boolean }> {
  const story = await loadExitStory(tx, ventureId, ordinal);
  const about = { ventureId, kind: "retrospective" as const, key: keyOf(ventureId, ordinal), directiveId: null };
  return writeHandoff(tx, {
    ...{ ...about, by: SYSTEM, now },
    write: (stamp) => ({ ...stamp, kind: "retrospective", ...story }),
  });
}

/** The retrospective of every venture whose last life in stage 40 ended in an exit and that has none yet. */
export async function handOffExits(now: Date): Promise<number> {
  const records = await db.stageRecord.findMany({
    where: { outcome: "exited", venture: { stage: "exited", archivedAt: null } },
    select: { ventureId: true, ordinal: true },
    orderBy: { id: "asc" },
  });
  const keys = records.map(({ ventureId, ordinal }) => keyOf(ventureId, ordinal));
  const told = new Set(
    (await db.handoff.findMany({ where: { key: { in: keys } }, select: { key: true } })).map(({ key }) => key),
  );
  const missing = records.filter(({ ventureId, ordinal }) => !told.has(keyOf(ventureId, ordinal)));
  if (missing.length > 0) await engineClient();
  let failed: unknown = null;
  for (const exit of missing)
    await db
      .$transaction((tx) => handOffRetrospective(tx, exit, now), { timeout: 60_000, maxWait: 20_000 })
      .catch((error: unknown) => {
        failed ??= error;
      });
  // One that cannot be told holds up no other.
  if (failed !== null) throw failed;
  return missing.length;
}
