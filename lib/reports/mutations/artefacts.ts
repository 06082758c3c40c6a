import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import type { Prisma, Tx } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import type { Figure } from "@/lib/figures/schema";
import { isRecord } from "../rules/contradictions";
import { figuresOfBlocks } from "../rules/document";
import type { ReportBlock } from "../schema";
import { holdContradictions } from "./contradictions";

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
  const stored = await tx.artefact.create({
    data: { ventureId, kind, version, title, body, figures, runId, createdAt: now },
    select: { id: true, version: true },
  });
  if (!isRecord(kind)) await holdContradictions(tx, ventureId, "system:reports", now);
  return stored;
}

export type Written = {
  ventureId: string;
  kind: string;
  title: string;
  blocks: readonly ReportBlock[];
  /** Computed now, with all that they rest on. */
  figures: readonly Figure[];
  /** Stored before. */
  stored?: readonly { id: string; revision: number }[];
};

/** A report that rules wrote: its figures, the next version of its kind and the event, in the caller's transaction. */
export async function storeWritten(
  tx: Tx,
  actor: Actor,
  { ventureId, kind, title, blocks, figures, stored: before = [] }: Written,
  now: Date,
): Promise<{ id: string; version: number }> {
  const saved = await saveFigures(tx, ventureId, figures, now);
  const refs = [...new Map([...before, ...saved].map((ref) => [ref.id, ref])).values()];
  const quoted = new Set(figuresOfBlocks(blocks));
  const body = { blocks: [...blocks], model: "rules" };
  const kept = refs.filter(({ id }) => quoted.has(id));
  const stored = await storeArtefact(tx, { ventureId, runId: null, kind, title, body, figures: kept }, now);
  await recordEvent(tx, {
    ...{ ventureId, type: "artefact.stored", actor: actor.ref, subject: `artefact:${stored.id}`, at: now },
    payload: { kind, version: stored.version, title, figures: kept.length },
  });
  return stored;
}
