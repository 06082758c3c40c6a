import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Phase, RealizationStatus } from "../schema/realization";

export type RealizationMoveView = {
  ordinal: number;
  kind: string;
  phase: Phase;
  text: string;
  memoId: string | null;
  at: string;
};
export type RealizationView = {
  id: string;
  ordinal: number;
  status: RealizationStatus;
  phase: Phase;
  version: number;
  startedAt: string;
  endedAt: string | null;
  reason: string | null;
  /** Newest first. */
  moves: RealizationMoveView[];
};

/** How value realization (40.3) goes, and what its run did; null where it never began. */
export async function findRealization(actor: Actor, ventureId: string): Promise<RealizationView | null> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const row = await db.realization.findFirst({
    where: { ventureId },
    orderBy: { ordinal: "desc" },
    include: { moves: { orderBy: { ordinal: "desc" }, take: 50 } },
  });
  if (!row) return null;
  const { id, ordinal, version, reason } = row;
  return {
    ...{ id, ordinal, version, reason, status: row.status as RealizationStatus, phase: row.phase as Phase },
    ...{ startedAt: row.startedAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null },
    moves: row.moves.map(({ kind, phase, text, memoId, at, ...move }) => ({
      ...{ ordinal: move.ordinal, kind, phase: phase as Phase, text, memoId, at: at.toISOString() },
    })),
  };
}
