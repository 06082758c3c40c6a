import "server-only";
import { type Actor, maySeeVenture, ventureScope } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { STATEMENT_KIND } from "@/lib/distribution/schema/records";
import { AppError } from "@/lib/errors";
import { type FigureRef, listFigureViews } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import { type Comparison, compareVersions } from "../rules/comparison";
import { isRecord } from "../rules/contradictions";
import { makeDocument, namedAs, type ReportDocument, type StoredFigure, sayingOf } from "../rules/document";
import { figureRefsSchema, kindWords, type ReportBlock, reportSchema } from "../schema";
import { type FoundContradiction, listContradictions } from "./contradictions";
import { storedFigures } from "./stored-figures";

export type ArtefactVersion = { id: string; version: number; createdAt: Date };

export type ListedArtefact = ArtefactVersion & {
  kind: string;
  kindName: string;
  title: string;
  agent: string | null;
  /** It contradicts another report or its own figures: no file of it is made. */
  held: boolean;
  venture: { slug: string; name: string };
};

const LISTED = {
  ...{ id: true, kind: true, version: true, title: true, createdAt: true, ventureId: true },
  heldSince: true,
  run: { select: { agent: true } },
} as const;

const WITHOUT_STATEMENTS = { NOT: { kind: { startsWith: `${STATEMENT_KIND}:` } } };

function allow(actor: Actor): void {
  if (!isPermitted(actor.role, "report:read")) throw new AppError("FORBIDDEN");
}

type Listing = { ventureId?: string; kind?: string };

/** Artefacts of the ventures that the actor may see, newest first: only the newest version of each kind, unless a kind is asked for. */
export async function listArtefacts(
  actor: Actor,
  { ventureId, kind }: Listing,
  take: number,
): Promise<ListedArtefact[]> {
  allow(actor);
  if (ventureId && !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await db.artefact.findMany({
    // A holder’s statement is one of hundreds alike, and is listed with the others of its sale.
    where: { AND: [ventureScope(actor), ventureId ? { ventureId } : {}, kind ? { kind } : WITHOUT_STATEMENTS] },
    select: LISTED,
    ...(kind ? {} : { distinct: ["ventureId", "kind"] as const }),
    orderBy: kind ? { version: "desc" } : [{ ventureId: "asc" }, { kind: "asc" }, { version: "desc" }],
  });
  const ventures = await db.venture.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.ventureId))] }, archivedAt: null },
    select: { id: true, slug: true, name: true },
  });
  const named = new Map(ventures.map(({ id, slug, name }) => [id, { slug, name }]));
  const listed = rows.flatMap(({ run, ventureId: of, heldSince, ...row }) => {
    const venture = named.get(of);
    return venture
      ? [{ ...row, kindName: kindWords(row.kind), agent: run?.agent ?? null, held: heldSince !== null, venture }]
      : [];
  });
  // Versions of one report stand in their own order: of two written at once the later one may carry the earlier moment.
  if (kind && ventureId) return listed.slice(0, take);
  return listed.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, take);
}

export type ArtefactView = Omit<ListedArtefact, "venture" | "held"> & {
  venture: { id: string; slug: string; name: string };
  writtenBy: string;
  blocks: ReportBlock[];
  figures: Record<string, FigureView>;
  /** All versions of its kind, newest first. */
  versions: ArtefactVersion[];
  /** Where it says something else than other reports, or than its own figures say now. */
  contradictions: FoundContradiction[];
};

async function load(actor: Actor, artefactId: string) {
  allow(actor);
  const row = await db.artefact.findUnique({
    where: { id: artefactId },
    include: { run: { select: { agent: true } } },
  });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  const venture = await db.venture.findUniqueOrThrow({
    where: { id: row.ventureId },
    select: { id: true, slug: true, name: true },
  });
  const { blocks, model } = reportSchema.parse(row.body);
  return { row, venture, blocks, writtenBy: model, refs: figureRefsSchema.parse(row.figures) };
}

/** One stored version to be read: its words, its figures as they were quoted and what has changed since. */
export async function getArtefact(actor: Actor, artefactId: string): Promise<ArtefactView> {
  const { row, venture, blocks, writtenBy, refs } = await load(actor, artefactId);
  const { id, kind, title, version, createdAt, run, ventureId } = row;
  const [contradictions, views, versions] = await Promise.all([
    isRecord(kind) ? [] : listContradictions(actor, ventureId, id),
    listFigureViews(actor, refs),
    db.artefact.findMany({
      where: { ventureId, kind },
      select: { id: true, version: true, createdAt: true },
      orderBy: { version: "desc" },
    }),
  ]);
  return {
    ...{ id, kind, kindName: kindWords(kind), title, version, createdAt, agent: run?.agent ?? null },
    ...{ venture, writtenBy, blocks, versions, contradictions },
    figures: Object.fromEntries(views.map((view) => [view.id, view])),
  };
}

/** The same; null for one that is not there or out of sight. */
export async function findArtefact(actor: Actor, artefactId: string): Promise<ArtefactView | null> {
  try {
    return await getArtefact(actor, artefactId);
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/**
 * The same version as a document for files: each figure the revision that was quoted. The newest version is for what is
 * right now: while it contradicts another report, or its own figures as they are, there is no file of it.
 */
export async function getDocument(actor: Actor, artefactId: string): Promise<ReportDocument> {
  const { row, venture, blocks, writtenBy, refs } = await load(actor, artefactId);
  const { id, kind, title, version, createdAt } = row;
  const standing = isRecord(kind) ? [] : await listContradictions(actor, row.ventureId, id);
  if (standing.some(({ explanation }) => explanation === null)) throw new AppError("CONFLICT");
  const named = namedAs(kind, venture);
  const head = {
    ...{ id, kind, kindName: kindWords(kind), title: named.say(title), version, writtenBy },
    ...{ venture: named.name, ventureSlug: named.slug, storedAt: createdAt.toISOString() },
  };
  const figures = (await storedFigures(refs)).map((figure) => ({
    ...figure,
    ...{ label: named.say(figure.label), formula: named.say(figure.formula) },
  }));
  return makeDocument(head, sayingOf([...blocks, ...explained(standing)], named.say), figures);
}

/** What was said of two values goes along with the file. */
const explained = (standing: readonly FoundContradiction[]): ReportBlock[] =>
  standing.length === 0
    ? []
    : [
        { kind: "heading", level: 2, text: "Where reports differ" },
        ...standing.map(({ label, explanation }): ReportBlock => {
          const said = explanation ? `${explanation.reason} (${explanation.by}, ${explanation.at.slice(0, 10)})` : "";
          return { kind: "paragraph", text: `${label}: ${said}` };
        }),
      ];

export type ArtefactComparison = {
  before: ArtefactVersion;
  comparison: Comparison;
  /** Of both versions, by id and revision. */
  figures: Record<string, FigureView>;
};

export const figureKey = ({ id, revision }: FigureRef): string => `${id}:${revision}`;

/** What changed since the version before (or since another one of the same kind); null for a first version. */
export async function findComparison(
  actor: Actor,
  artefactId: string,
  beforeId?: string,
): Promise<ArtefactComparison | null> {
  const after = await load(actor, artefactId);
  const { ventureId, kind, version } = after.row;
  const earlier = await db.artefact.findFirst({
    where: { ventureId, kind, version: { lt: version }, ...(beforeId ? { id: beforeId } : {}) },
    orderBy: { version: "desc" },
  });
  if (!earlier) return null;
  const before = await load(actor, earlier.id);
  const [views, old, now] = await Promise.all([
    listFigureViews(actor, [...before.refs, ...after.refs]),
    storedFigures(before.refs),
    storedFigures(after.refs),
  ]);
  const compared = (figures: readonly StoredFigure[]) =>
    figures.map(({ id, revision, label, method, value, reason }) => ({
      id,
      revision,
      label,
      method,
      value,
      reason: reason ?? null,
    }));
  return {
    before: { id: earlier.id, version: earlier.version, createdAt: earlier.createdAt },
    comparison: compareVersions(
      { blocks: before.blocks, figures: compared(old) },
      { blocks: after.blocks, figures: compared(now) },
    ),
    figures: Object.fromEntries(views.map((view) => [figureKey(view), view])),
  };
}
