import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { type HandOverLine, handOverLinesSchema } from "../schema/run";

export type HandOverView = {
  id: string;
  fileName: string;
  takenAt: string;
  takenBy: string;
  lines: HandOverLine[];
  undone: { at: string; by: string; reason: string } | null;
};

const MOST = 20;

/** The files of stage 39 that were taken in, the newest first: one's own, and all of them for who sees all ventures. */
export async function listHandOvers(actor: Actor): Promise<HandOverView[]> {
  const rows = await db.stageHandOver.findMany({
    where: actor.ventures === "all" ? {} : { takenBy: actor.ref },
    orderBy: { takenAt: "desc" },
    take: MOST,
  });
  const refs = rows.flatMap(({ takenBy, undoneBy }) => [takenBy, undoneBy ?? takenBy]);
  const nameOf = await namesOf(db, refs);
  return rows.map(({ id, fileName, takenAt, takenBy, lines, undoneAt, undoneBy, reason }) => ({
    ...{ id, fileName, takenAt: takenAt.toISOString(), takenBy: nameOf(takenBy) },
    lines: handOverLinesSchema.parse(lines),
    undone: undoneAt ? { at: undoneAt.toISOString(), by: nameOf(undoneBy ?? ""), reason: reason ?? "" } : null,
  }));
}
