import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { logger } from "@/lib/logger";
import { dayDate } from "@/lib/metrics/rules/periods";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { type Measured, measureMetrics } from "../queries/conditions";
import { type CheckedCondition, checkConditions, type Readings } from "../rules/conditions";
import type { Condition } from "../schema";
import { asJson, lockMemo, wakeMemoRun } from "./memo-row";

const NOT_COMPUTED: Measured = { figures: new Map(), needed: [], seal: "" };

/**
 * What the venture is measured to be now, for these conditions. Takes no lock: it may read many rows. Facts over which the
 * rules break down leave the conditions unknown, so not fulfilled, until they change; the run lives on.
 */
export async function measureFor(
  { ventureId, dealId }: { ventureId: string; dealId: string | null },
  conditions: readonly Condition[],
  now: Date,
): Promise<Measured> {
  try {
    return await measureMetrics(ventureId, [...new Set(conditions.map(({ metric }) => metric))], now, dealId);
  } catch (error) {
    const broken = error instanceof AppError || error instanceof TypeError || error instanceof ReferenceError;
    if (!broken) throw error;
    logger.error(error);
    return NOT_COMPUTED;
  }
}

type Look = {
  memo: { id: string; version: number; ventureId: string };
  conditions: readonly Condition[];
  measured: Measured;
  step: { key: string; now: Date };
};

/**
 * One look at the conditions, kept with the figures at their revisions. A step that is done again finds its look. An event
 * says so when it came out otherwise than the look before.
 */
export async function recordLook(tx: Tx, look: Look): Promise<CheckedCondition[]> {
  const { memo, conditions, measured, step } = look;
  const { id: memoId, version, ventureId } = memo;
  const known = await tx.conditionCheck.findMany({
    where: { memoId, version, step: step.key },
    orderBy: { position: "asc" },
  });
  if (known.length > 0) return conditions.map((condition, index) => ({ ...condition, ...readBack(known[index]) }));
  const before = await lastLook(tx, memoId, version);
  const checked = checkConditions(conditions, await readingsOf(tx, ventureId, measured, step.now));
  await tx.conditionCheck.createMany({
    data: checked.map(({ figure, until, ...condition }, position) => ({
      ...{ memoId, version, step: step.key, position, ...condition, until: dayDate(until) },
      ...{ figureId: figure?.id ?? null, revision: figure?.revision ?? null, checkedAt: step.now },
    })),
  });
  if (before === null || checked.some(({ holds }, index) => holds !== before[index])) {
    await recordEvent(tx, {
      ventureId,
      type: "memo.conditions-checked",
      actor: "system:memo",
      subject: `memo:${memoId}`,
      payload: asJson({ version, conditions: checked }),
      at: step.now,
    });
  }
  return checked;
}

type CheckRow = Awaited<ReturnType<typeof db.conditionCheck.findFirstOrThrow>>;

const readBack = (row: CheckRow | undefined): Pick<CheckedCondition, "figure" | "value" | "reason" | "holds"> => ({
  figure: row?.figureId && row.revision ? { id: row.figureId, revision: row.revision } : null,
  value: row?.value ?? null,
  reason: row?.reason ?? null,
  holds: row?.holds ?? false,
});

async function lastLook(tx: Tx, memoId: string, version: number): Promise<boolean[] | null> {
  const last = await tx.conditionCheck.findFirst({
    where: { memoId, version },
    orderBy: [{ checkedAt: "desc" }, { id: "desc" }],
  });
  if (!last) return null;
  const rows = await tx.conditionCheck.findMany({
    where: { memoId, version, step: last.step },
    orderBy: { position: "asc" },
  });
  return rows.map(({ holds }) => holds);
}

async function readingsOf(tx: Tx, ventureId: string, measured: Measured, now: Date): Promise<Readings> {
  const refs = await saveFigures(tx, ventureId, measured.needed, now);
  const revisions = new Map(refs.map(({ id, revision }) => [id, revision]));
  return Object.fromEntries(
    [...measured.figures].map(([metric, { id, value, reason }]) => [
      metric,
      { figure: { id, revision: revisions.get(id) ?? 1 }, value, reason: reason ?? null },
    ]),
  );
}

/**
 * Stored values of a venture changed: the runs of its conditional approvals look at once whether their conditions hold,
 * instead of at their next hour. Waking a run decides nothing; it reads the memo and the values itself.
 */
export async function wakeConditional(ventureId: string, now: Date): Promise<number> {
  const waiting = await db.memo.findMany({
    where: { ventureId, status: "conditional" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  if (waiting.length === 0) return 0;
  await engineClient();
  let woken = 0;
  for (const { id } of waiting) {
    await fencedTransaction(async (tx) => {
      const memo = await lockMemo(tx, id);
      if (memo.status !== "conditional") return;
      await wakeMemoRun(tx, id, `${memo.version}:facts:${now.toISOString()}`);
      woken += 1;
    });
  }
  return woken;
}

/** The same for facts that change in the middle of another room's own writes: the runs look once these are committed. */
export async function wakeConditionalIn(tx: Tx, ventureId: string, change: string): Promise<void> {
  const where = { ventureId, status: "conditional" as const };
  const waiting = await tx.memo.findMany({ where, select: { id: true, version: true }, orderBy: { id: "asc" } });
  for (const { id, version } of waiting) await wakeMemoRun(tx, id, `${version}:facts:${change}`);
}
