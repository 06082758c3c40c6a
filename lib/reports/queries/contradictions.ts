import "server-only";
import { createHash } from "node:crypto";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { toFigure } from "@/lib/figures/queries";
import { type Contradiction, contradictionsIn, isRecord, placesOf, type QuotedIn } from "../rules/contradictions";
import { figureRefsSchema, reportSchema } from "../schema";

/** The figures that the newest reports of a venture quote, each with what its newest revision says. */
async function loadQuoted(tx: Db | Tx, ventureId: string): Promise<QuotedIn[]> {
  const rows = await tx.artefact.findMany({
    where: { ventureId },
    orderBy: [{ kind: "asc" }, { version: "desc" }],
    distinct: ["kind"],
  });
  const reports = rows.filter(({ kind }) => !isRecord(kind));
  const refs = new Map(reports.map(({ id, figures }) => [id, figureRefsSchema.parse(figures)]));
  const ids = [...new Set([...refs.values()].flat().map(({ id }) => id))];
  const figures = await tx.figure.findMany({ where: { id: { in: ids } }, orderBy: { revision: "desc" } });
  const byRef = new Map(figures.map((figure) => [`${figure.id}:${figure.revision}`, figure]));
  const newest = new Map(figures.toReversed().map(({ id, revision, value }) => [id, { revision, value }]));
  return reports.flatMap(({ id, kind, title, version, createdAt, body }) => {
    const report = { id, kind, title, version, writtenAt: createdAt.toISOString() };
    const places = placesOf(reportSchema.parse(body).blocks);
    return (refs.get(id) ?? []).flatMap((ref): QuotedIn[] => {
      const row = byRef.get(`${ref.id}:${ref.revision}`);
      const now = newest.get(ref.id);
      if (!row || !now) return [];
      const figure = { ...toFigure(row), revision: row.revision };
      return [{ report, under: places.get(ref.id) ?? null, figure, newest: now }];
    });
  });
}

export type Explanation = { reason: string; by: string; at: string };
/** `key` is short enough for an address; what was explained stands beside the values that it was said of. */
export type FoundContradiction = Contradiction & { explanation: Explanation | null };

const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Every contradiction between the newest reports of a venture, those that somebody explained among them. */
export async function loadContradictions(tx: Db | Tx, ventureId: string): Promise<FoundContradiction[]> {
  const found = contradictionsIn(await loadQuoted(tx, ventureId)).map((one) => ({ ...one, key: hashOf(one.key) }));
  if (found.length === 0) return [];
  const where = { ventureId, key: { in: found.map(({ key }) => key) } };
  const rows = await tx.artefactExplanation.findMany({ where });
  const names = await namesByRef(
    tx,
    rows.map(({ by }) => by),
  );
  const byKey = new Map(
    rows.map(({ key, reason, by, at }) => [key, { reason, by: names.get(by) ?? by, at: at.toISOString() }]),
  );
  return found.map((one) => ({ ...one, explanation: byKey.get(one.key) ?? null }));
}

/** Those that concern one report, or all of the venture. */
export async function listContradictions(
  actor: Actor,
  ventureId: string,
  reportId?: string,
): Promise<FoundContradiction[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const found = await loadContradictions(db, ventureId);
  return reportId ? found.filter(({ sides }) => sides.some(({ id }) => id === reportId)) : found;
}
