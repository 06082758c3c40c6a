import "server-only";
import { db } from "@/lib/db";
import { type Delivered, effectiveLog, type RunChunk } from "../run-stream";

type Row = { seq: number; at: Date; chunk: unknown };

const delivered = ({ seq, at, chunk }: Row): Delivered => ({
  seq,
  at: at.toISOString(),
  chunk: chunk as RunChunk,
});

/** Chunks after `after`, in order. Whoever calls has asked `getRun` first whether the reader may. */
export async function listChunks(runId: string, after: number, take: number): Promise<Delivered[]> {
  const rows = await db.runChunk.findMany({
    where: { runId, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take,
    select: { seq: true, at: true, chunk: true },
  });
  return rows.map(delivered);
}

export type StreamPosition = { lastSeq: number; status: string };

export async function findPosition(runId: string): Promise<StreamPosition | null> {
  return db.agentRun.findUnique({ where: { id: runId }, select: { lastSeq: true, status: true } });
}

/** What a step has said so far and still counts: another execution of it must say the same or take it back. */
export async function listStepChunks(runId: string, step: string): Promise<RunChunk[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT "seq", "at", "chunk" FROM "run_chunk"
    WHERE "runId" = ${runId}::uuid AND "chunk"->>'step' = ${step} ORDER BY "seq"`;
  return effectiveLog(rows.map(delivered)).map(({ chunk }) => chunk);
}
