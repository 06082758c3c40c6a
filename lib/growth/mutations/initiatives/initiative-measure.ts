import "server-only";
import { parseDate, toZoned } from "@internationalized/date";
import type { Actor } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { AppError } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { fencedTransaction } from "@/lib/workflows/fence";
import { draftConsequences, OPEN_CONSEQUENCE } from "../../queries/initiatives/initiative-consequences";
import { type MeasuredEffect, measureEffect } from "../../queries/initiatives/initiative-effect";
import { todayAt } from "../../queries/initiatives/initiative-standing";
import type { OutcomeFigures } from "../../rules/initiatives/initiative-figures";
import { type FollowMove, nextFollowMove, nextReview } from "../../rules/initiatives/initiative-review";
import {
  followRun,
  type LockedInitiative,
  lockInitiative,
  startFollowing,
  storeStanding,
  writeChange,
  writePlan,
} from "./initiative-row";

const SYSTEM = "system:initiative";

/** What the run that follows an initiative does next, from what is stored now. */
export async function readFollowMove(
  initiativeId: string,
  now: Date,
): Promise<{ move: FollowMove; ventureId: string }> {
  const row = await db.initiative.findUnique({ where: { id: initiativeId } });
  // Taken back with the file that brought it in.
  if (!row) return { move: { kind: "end", status: "stopped" }, ventureId: "" };
  const { timeZone } = await db.venture.findUniqueOrThrow({ where: { id: row.ventureId }, select: { timeZone: true } });
  const open = await db.initiativeMeasurement.findFirst({
    where: { initiativeId, consequence: OPEN_CONSEQUENCE },
    orderBy: { reviewOn: "asc" },
  });
  const reviewOn = dayText(row.reviewOn);
  const facts = {
    ...{ status: row.status, reviewOn, today: todayAt(timeZone, now) },
    startedOn: row.startedOn ? dayText(row.startedOn) : null,
    endedOn: row.endedOn ? dayText(row.endedOn) : null,
    reviewAt: toZoned(parseDate(reviewOn), timeZone).toDate(),
    open: open ? { reviewOn: dayText(open.reviewOn) } : null,
  };
  return { move: nextFollowMove(facts, now), ventureId: row.ventureId };
}

/**
 * Measures an initiative on a review date: figures, one row for the date, the next date, the plan and the event are one
 * commit. A step that is done again finds the row.
 */
export async function measureReview(initiativeId: string, reviewOn: string, now: Date): Promise<void> {
  const row = await db.initiative.findUniqueOrThrow({ where: { id: initiativeId } });
  // Reads of many months and ventures hold no lock.
  const measured = await atOneMoment((tx) => measureEffect(tx, row, reviewOn));
  await fencedTransaction(async (tx) => {
    const initiative = await lockInitiative(tx, initiativeId, now);
    const key = { initiativeId_reviewOn: { initiativeId, reviewOn: dayDate(reviewOn) } };
    if (await tx.initiativeMeasurement.findUnique({ where: key })) return;
    await storeMeasurement(tx, initiative, reviewOn, measured, now);
    const next = nextReview(reviewOn, initiative.reviewMonths, initiative.today);
    await tx.initiative.update({ where: { id: initiativeId }, data: { reviewOn: dayDate(next) } });
    await storeStanding(tx, initiative, initiative.today, now);
    if (initiative.status === "running" || initiative.status === "paused") await writePlan(tx, initiativeId, now);
    const { verdict, reason, chosen } = measured.effect;
    await writeChange(tx, initiative, {
      ...{ what: "measured", event: "initiative.measured", by: SYSTEM, now },
      detail: verdict === "cannot-tell" ? `cannot tell (${reason ?? "unknown"})` : verdict,
      payload: { reviewOn, verdict, reason, method: chosen?.method ?? null, nextReviewOn: next },
    });
  });
}

async function storeMeasurement(
  tx: Tx,
  { id: initiativeId, ventureId }: LockedInitiative,
  reviewOn: string,
  measured: MeasuredEffect,
  now: Date,
): Promise<void> {
  const { effect, figures, tried, history, measure } = measured;
  const refs = await storeOutcome(tx, ventureId, figures, now);
  const { chosen } = effect;
  await tx.initiativeMeasurement.create({
    data: {
      ...{ initiativeId, ventureId, reviewOn: dayDate(reviewOn), verdict: effect.verdict, reason: effect.reason },
      ...{ method: chosen?.method ?? null, monthsMeasured: chosen?.months ?? 0, measuredAt: now },
      ...{ figures: refs, consequence: OPEN_CONSEQUENCE },
      detail: {
        measure: measure.label,
        unit: measure.unit,
        months: history.months.slice(-36).map(({ month, value }) => ({ month, value })),
        counterfactual: (chosen?.counterfactual ?? []).map((row) => ({ ...row })),
        tried: tried.map(({ method, estimate, reason }) => ({
          ...{ method, reason, basis: estimate?.basis ?? null, confidence: estimate?.confidence ?? null },
          ...{ estimate: estimate?.estimate ?? null, low: estimate?.low ?? null, high: estimate?.high ?? null },
        })),
      },
    },
  });
}

async function storeOutcome(
  tx: Tx,
  ventureId: string,
  figures: OutcomeFigures,
  now: Date,
): Promise<Prisma.InputJsonObject> {
  const named = Object.entries(figures);
  const refs = await saveFigures(
    tx,
    ventureId,
    named.map(([, figure]) => figure),
    now,
  );
  return Object.fromEntries(named.map(([part], index) => [part, refs[index] ?? null]));
}

/** What follows from a measurement: proposals, each once, and the row is closed. */
export async function concludeReview(by: Actor, initiativeId: string, reviewOn: string, now: Date): Promise<string> {
  const { proposals, consequence } = await draftConsequences(initiativeId, reviewOn);
  for (const proposal of proposals) {
    const outcome = await recordProposal(by, proposal, now);
    if (!outcome.ok && outcome.refusal !== "FORBIDDEN_BY_POLICY") throw new AppError("INTERNAL");
  }
  await fencedTransaction((tx) =>
    tx.initiativeMeasurement.updateMany({
      where: { initiativeId, reviewOn: dayDate(reviewOn), consequence: OPEN_CONSEQUENCE },
      data: { consequence },
    }),
  );
  return consequence;
}

/** The night's part: where each initiative stands, and a run for every one that has none. */
export async function followInitiatives(ventureId: string, now: Date): Promise<void> {
  const rows = await db.initiative.findMany({
    where: { ventureId, status: { in: ["planned", "running", "paused"] } },
    orderBy: { id: "asc" },
  });
  for (const { id, runKey, createdAt } of rows) {
    await fencedTransaction(async (tx) => {
      const initiative = await lockInitiative(tx, id, now);
      await storeStanding(tx, initiative, initiative.today, now);
      const key = runKey ?? followRun(id, createdAt);
      if (runKey === null) await tx.initiative.update({ where: { id }, data: { runKey: key } });
      await startFollowing(tx, id, key);
    });
  }
}
