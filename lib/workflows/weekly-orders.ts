import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { holdingZone } from "@/lib/reports/queries/weekly/due";
import { HOLDING } from "@/lib/reports/queries/weekly/holding";
import { mayRead } from "@/lib/reports/queries/weekly/report";
import { weekAt } from "@/lib/reports/rules/weekly/weeks";
import { startPreview, startWeekly } from "./weekly-report";

/** What a person may order: a preview of the week that goes on, or a correction of one that is over. */

export async function orderPreview(actor: Actor, scope: string, now: Date): Promise<Result<{ week: string }>> {
  if (!mayRead(actor, scope === HOLDING ? null : scope)) throw new AppError("NOT_FOUND");
  const week = weekAt(now, await holdingZone());
  await startPreview({ scope, week, revision: 0, reason: null, by: actor.ref }, now);
  return ok({ week });
}

type Correction = { reportId: string; revision: number; reason: string };

export async function orderCorrection(
  actor: Actor,
  { reportId, revision, reason }: Correction,
): Promise<Result<{ revision: number }, "CHANGED_SINCE">> {
  const report = await db.weeklyReport.findUnique({
    where: { id: reportId },
    include: { revisions: { orderBy: { revision: "desc" }, take: 1, select: { revision: true } } },
  });
  if (!report || !mayRead(actor, report.ventureId)) throw new AppError("NOT_FOUND");
  if (report.revisions[0]?.revision !== revision) return refuse("CHANGED_SINCE");
  await startWeekly({ scope: report.scope, week: report.week, revision: revision + 1, reason, by: actor.ref });
  return ok({ revision: revision + 1 });
}
