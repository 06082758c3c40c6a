import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { FigureRef } from "@/lib/figures/queries";
import { makeDocument, type ReportDocument } from "../../rules/document";
import { blocksOfWeekly } from "../../rules/weekly/document";
import type { WeeklyFacts } from "../../rules/weekly/facts";
import { figureRefsSchema } from "../../schema";
import { type WeeklyDocument, type WeeklyFormat, weeklyDocumentSchema } from "../../schema/weekly";
import { storedFigures } from "../stored-figures";

export type WeeklyRow = NonNullable<Awaited<ReturnType<typeof findRow>>>;

const findRow = (id: string) => db.weeklyRevision.findUnique({ where: { id }, include: { report: true, files: true } });

/** The holding's report tells of every venture, so only who sees all of them may read it. */
export function mayRead(actor: Actor, ventureId: string | null): boolean {
  if (!isPermitted(actor.role, "report:read")) return false;
  return ventureId ? maySeeVenture(actor, ventureId) : actor.ventures === "all";
}

export const slugOf = async (ventureId: string | null): Promise<string> =>
  ventureId
    ? (await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { slug: true } })).slug
    : "holding";

type Issue = { id: string; revision: number; slug: string; document: WeeklyDocument; refs: readonly FigureRef[] };

/** The document with the revisions that it quotes, as every format is made from it. */
export async function weeklyReportDocument({ id, revision, slug, document, refs }: Issue): Promise<ReportDocument> {
  const head = {
    ...{ id, kind: "weekly-report", kindName: "Weekly report", title: document.title, venture: document.subject },
    ...{ ventureSlug: slug, version: revision, storedAt: document.writtenAt, writtenBy: document.writtenBy },
  };
  return makeDocument(head, blocksOfWeekly(document), await storedFigures(refs));
}

export type WeeklyFrozen = {
  slug: string;
  week: string;
  revision: number;
  /** Of the file that was frozen; null for a preview, whose files are made when they are asked for. */
  file: { hash: string; sizeBytes: number } | null;
  issue: { document: WeeklyDocument; report: ReportDocument; facts: WeeklyFacts; hash: string } | null;
};

/** What a download needs: where the frozen bytes lie, or what a preview is made from. */
export async function getWeeklyFile(actor: Actor, revisionId: string, format: WeeklyFormat): Promise<WeeklyFrozen> {
  const row = await findRow(revisionId);
  if (!row || !mayRead(actor, row.report.ventureId)) throw new AppError("NOT_FOUND");
  const slug = await slugOf(row.report.ventureId);
  const about = { slug, week: row.report.week, revision: row.revision };
  const file = row.files.find((one) => one.format === format);
  if (file) return { ...about, file: { hash: file.hash, sizeBytes: file.sizeBytes }, issue: null };
  const document = weeklyDocumentSchema.parse(row.document);
  const refs = figureRefsSchema.parse(row.figures);
  const report = await weeklyReportDocument({ id: row.id, revision: row.revision, slug, document, refs });
  return {
    ...about,
    file: null,
    issue: { document, report, facts: row.facts as unknown as WeeklyFacts, hash: row.hash },
  };
}
