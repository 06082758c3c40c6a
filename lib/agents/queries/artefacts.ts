import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { listFigureViews } from "@/lib/figures/queries";
import type { FigureView } from "@/lib/figures/schema";
import { reportHref } from "@/lib/reports/schema";
import { type ReportBlock, reportSchema } from "../report";

export type ReportView = {
  id: string;
  title: string;
  version: number;
  createdAt: Date;
  model: string;
  blocks: ReportBlock[];
  figures: Record<string, FigureView>;
  /** It contradicts another report or its own figures; where that is read and solved. */
  held: boolean;
  href: string;
};

const refsSchema = z.array(z.object({ id: z.string(), revision: z.int() }));

/** The newest report of a kind, with its figures as they were quoted and what has changed since. */
export async function findLatestReport(actor: Actor, ventureId: string, kind: string): Promise<ReportView | null> {
  if (!maySeeVenture(actor, ventureId)) return null;
  const row = await db.artefact.findFirst({ where: { ventureId, kind }, orderBy: { version: "desc" } });
  if (!row) return null;
  const { blocks, model } = reportSchema.parse(row.body);
  const views = await listFigureViews(actor, refsSchema.parse(row.figures));
  const figures = Object.fromEntries(views.map((view) => [view.id, view]));
  const { slug } = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { slug: true } });
  const { id, title, version, createdAt, heldSince } = row;
  const place = { held: heldSince !== null, href: reportHref(slug, row) };
  return { id, title, version, createdAt, model, blocks, figures, ...place };
}
