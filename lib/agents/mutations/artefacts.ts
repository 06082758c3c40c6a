import "server-only";
import type { Prisma, Tx } from "@/lib/db";

export type ArtefactContent = {
  kind: string;
  title: string;
  /** Blocks of text and tables with figure references, as lib/reports/schema.ts says. */
  body: Prisma.InputJsonObject;
  figures: { id: string; revision: number }[];
};

export type NewArtefact = ArtefactContent & { ventureId: string; runId: string | null };

/** Stores an artefact as the next version of its kind. A run writes one of a kind: told twice, it finds the first. */
export async function storeArtefact(
  tx: Tx,
  { ventureId, runId, kind, title, body, figures }: NewArtefact,
  now: Date,
): Promise<{ id: string; version: number }> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`artefact:${ventureId}:${kind}`}, 4))::text`;
  const known = runId ? await tx.artefact.findFirst({ where: { runId, kind } }) : null;
  if (known) return known;
  const latest = await tx.artefact.findFirst({ where: { ventureId, kind }, orderBy: { version: "desc" } });
  const version = (latest?.version ?? 0) + 1;
  return tx.artefact.create({
    data: { ventureId, kind, version, title, body, figures, runId, createdAt: now },
    select: { id: true, version: true },
  });
}
