import "server-only";
import type { Prisma, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { CHANNEL, type RunChunk } from "../run-stream";

export type Appended = { lastSeq: number; status: string };

/**
 * Adds chunks after the one that the writer wrote last. Another writer's chunk in between means that the run has a new
 * owner: FENCED, nothing is written. Readers are told after the commit. Call inside `fencedTransaction`.
 */
export async function appendChunks(
  tx: Tx,
  runId: string,
  lastSeq: number,
  chunks: readonly RunChunk[],
  at: Date,
): Promise<Appended> {
  const next = lastSeq + chunks.length;
  const [run] = await tx.$queryRaw<{ status: string }[]>`
    UPDATE "agent_run" SET "lastSeq" = ${next} WHERE "id" = ${runId}::uuid AND "lastSeq" = ${lastSeq}
    RETURNING "status"::text AS "status"`;
  if (!run) throw new AppError("FENCED");
  if (chunks.length === 0) return { lastSeq, status: run.status };
  const data = chunks.map((chunk, index) => ({
    runId,
    seq: lastSeq + 1 + index,
    chunk: chunk as unknown as Prisma.InputJsonObject,
    at,
  }));
  await tx.runChunk.createMany({ data });
  await tx.$queryRaw`SELECT pg_notify(${CHANNEL}, ${`${runId}:${next}`})::text`;
  return { lastSeq: next, status: run.status };
}
