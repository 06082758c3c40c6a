import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { neededBy } from "@/lib/figures/rules";
import { loadExitDocumentFacts } from "../queries/exit-sources";
import { figuresOfBlocks } from "../rules/document";
import { exitDocument } from "../rules/exit-documents";
import type { ExitDocument } from "../schema/exit-documents";
import { storeWritten } from "./artefacts";

/** Writes the next version of a document of exit preparation from what is stored now. */
export async function writeExitDocument(
  actor: Actor,
  { ventureId, kind }: { ventureId: string; kind: ExitDocument },
  now: Date,
): Promise<{ artefactId: string; version: number }> {
  const { facts, figures: all } = await loadExitDocumentFacts(actor, ventureId, kind, now);
  const { title, blocks } = exitDocument(kind, facts);
  const unique = [...new Map(all.map((figure) => [figure.id, figure])).values()];
  const quoted = new Set(figuresOfBlocks(blocks));
  const needed = new Set(
    unique.filter(({ id }) => quoted.has(id)).flatMap((one) => neededBy(one, unique).map(({ id }) => id)),
  );
  const figures = unique.filter(({ id }) => needed.has(id));
  const { id, version } = await db.$transaction(
    (tx) => storeWritten(tx, actor, { ventureId, kind, title, blocks, figures }, now),
    { timeout: 60_000, maxWait: 20_000 },
  );
  return { artefactId: id, version };
}
