import "server-only";
import { db } from "@/lib/db";

export type WatchedVenture = { id: string; due: boolean };

/** Every venture that is still with us, in a lasting order; `due` where its snapshot was not computed on this day (UTC). */
export async function listWatched(now: Date): Promise<WatchedVenture[]> {
  const midnight = new Date(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
  return db.$queryRaw<WatchedVenture[]>`
    SELECT v."id", coalesce(s."computedAt" < ${midnight}, true) AS due
    FROM "venture" v LEFT JOIN "venture_snapshot" s ON s."ventureId" = v."id"
    WHERE v."archivedAt" IS NULL ORDER BY v."id"`;
}
