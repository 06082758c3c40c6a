import "server-only";
import { randomUUID } from "node:crypto";
import { BEGINNING, checkSentence, type Grounding } from "@/lib/agents/grounding";
import { type Actor, mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { weeklyFile } from "@/lib/integrations/weekly/files";
import { logger } from "@/lib/logger";
import { freezeFile, type Issued, keepQuoted, type Recorded, recordWeekly } from "@/lib/reports/mutations/weekly/keep";
import { venturesOfWeek, weekOfReport } from "@/lib/reports/queries/weekly/due";
import { gatherHolding, HOLDING } from "@/lib/reports/queries/weekly/holding";
import { slugOf, weeklyReportDocument } from "@/lib/reports/queries/weekly/report";
import { type Gathered, gatherVenture } from "@/lib/reports/queries/weekly/venture";
import { type BottomLine, bottomLine, namesIn } from "@/lib/reports/rules/weekly/bottom-line";
import { figuresOfWeekly, weeklyDocument, weeklyHash } from "@/lib/reports/rules/weekly/document";
import type { Week } from "@/lib/reports/rules/weekly/weeks";
import { WEEKLY_FORMATS, type WeeklyDocument } from "@/lib/reports/schema/weekly";
import { coordinatorActor } from "./agent-actor";
import { fencedTransaction } from "./fence";

/** How one issue comes about: facts, bottom line, check, figures, files, and the one transaction that makes it the week's. */

export type WeeklyOrder = {
  /** "holding", or a venture's id. */
  scope: string;
  week: string;
  /** 0: a preview; 1: the week's report; more: a correction. */
  revision: number;
  reason: string | null;
  /** Who asked for it; null where the schedule did. */
  by: string | null;
};

const WRITER = "built-in analyst";

const holdingActor = (): Actor =>
  mintActor({
    ...{ id: "agent:coordinator", ref: "agent:coordinator", name: "Active Venture Coordinator", role: "analyst" },
    ...{ ventures: "all", sessionId: null, steppedUpAt: null },
  });

const actorOf = (scope: string): Actor => (scope === HOLDING ? holdingActor() : coordinatorActor(scope));

async function gather(actor: Actor, scope: string, week: Week, now: Date): Promise<Gathered> {
  if (scope !== HOLDING) return gatherVenture(actor, scope, week, now);
  const { expected } = await venturesOfWeek(week.id);
  return gatherHolding(actor, week, now, expected);
}

/** Words of a title or a name may hold digits; a sentence that the check refuses is left out, and the log says why. */
function grounded({ headline, lead }: BottomLine, { facts, figures, stored }: Gathered): BottomLine {
  const known = [...figures.map(({ id }) => id), ...stored.map(({ id }) => id)];
  const grounding: Grounding = {
    figures: new Map(known.map((id) => [id, "current" as const])),
    // What each figure is: one in the place of another is refused.
    facts: new Map(figures.map(({ id, method, label, unit, value }) => [id, { method, label, unit, value }])),
    ...{ names: new Set(namesIn(facts)), untrusted: [] },
  };
  const passes = (sentence: string): boolean => {
    const problems = checkSentence(sentence, grounding, BEGINNING);
    if (problems.length > 0) logger.warn({ sentence, problems }, "A sentence of the weekly report was refused");
    return problems.length === 0;
  };
  return { headline: passes(headline) ? headline : "What the week brought", lead: lead.filter(passes) };
}

/** The writer of the revision that stands already, if it does: nothing is computed twice. */
async function standing({ scope, week, revision }: WeeklyOrder): Promise<Recorded | null> {
  if (revision === 0) return null;
  const row = await db.weeklyRevision.findFirst({ where: { revision, report: { scope, week } } });
  return row && { reportId: row.reportId, revisionId: row.id, revision, hash: row.hash, written: false };
}

async function filesOf(issued: Omit<Issued, "files">): Promise<Issued["files"]> {
  // A preview is no record: its files are made when they are asked for.
  if (issued.revision === 0) return [];
  const { document, facts, refs, revision, revisionId } = issued;
  const slug = await slugOf(issued.ventureId);
  const report = await weeklyReportDocument({ id: revisionId, revision, slug, document, refs });
  const issue = { document, report, facts, hash: weeklyHash(document, refs) };
  const files: Issued["files"][number][] = [];
  for (const format of WEEKLY_FORMATS) files.push(await freezeFile(format, await weeklyFile(issue, format)));
  return files;
}

function checkQuoted(document: WeeklyDocument, refs: readonly { id: string }[]): void {
  const held = new Set(refs.map(({ id }) => id));
  const lost = figuresOfWeekly(document).filter((id) => !held.has(id));
  if (lost.length > 0) logger.warn({ lost }, "The weekly report quotes figures that were not stored");
}

/** Writes what was ordered, once: whoever orders the same finds it. `now` is the moment of the step. */
export async function writeWeekly(order: WeeklyOrder, now: Date): Promise<Recorded> {
  const known = await standing(order);
  if (known) return known;
  const { scope, revision, reason, by } = order;
  const week = await weekOfReport(scope, order.week);
  if (revision > 0 && new Date(week.endsAt) > now) throw new AppError("INVALID_INPUT");
  const actor = actorOf(scope);
  const ventureId = scope === HOLDING ? null : scope;
  const gathered = await gather(actor, scope, week, now);
  const { facts, figures, stored } = gathered;
  const document = weeklyDocument(facts, grounded(bottomLine(facts), gathered), WRITER);
  const refs = await keepQuoted(fencedTransaction, { document, figures, stored, ventureId }, now);
  checkQuoted(document, refs);
  const revisionId = randomUUID();
  const issued = { revisionId, scope, ventureId, week, revision, reason, document, facts, refs };
  const files = await filesOf(issued);
  const writer = by ? { ...actor, ref: by } : actor;
  return fencedTransaction((tx) => recordWeekly(tx, writer, { ...issued, files }, now));
}
