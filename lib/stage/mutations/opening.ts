import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { todayOf } from "@/lib/metrics/queries/performance";
import type { GateResult } from "@/lib/ventures/rules";
import { loadStageFacts } from "../queries/stage-facts";
import type { FactKey } from "../rules/stage-figures";
import { CRITERION_IDS, type CriterionId, type EntryGate, type StageDoor } from "../schema/run";
import { beginStageRun, RUN_UNDER_WAY, stageWorkflowId } from "./run";

const ENTRY_FIGURES: Readonly<Record<GateResult["lines"][number]["criterion"], FactKey>> = {
  "venture-mature": "maturity",
  "metrics-positive": "metrics-positive",
  "metrics-period": "metrics-period",
};

/** The gate as it is found now, each line with the figure that says so, stored for good. */
async function gateOnRecord(tx: Tx, ventureId: string, gate: GateResult, now: Date): Promise<EntryGate> {
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const { figures } = await loadStageFacts(tx, venture, todayOf(venture, now));
  const refs = await saveFigures(
    tx,
    ventureId,
    gate.lines.map(({ criterion }) => figures[ENTRY_FIGURES[criterion]]),
    now,
  );
  return gate.lines.map(({ criterion, passed, required, found }, index) => {
    const ref = refs[index];
    return { criterion, passed, required, found, figures: ref ? [ref] : [] };
  });
}

/** Failing lines that are passed with one reason: each is an override of its own, visible and to be taken back. */
async function overrideLines(
  tx: Tx,
  life: { ventureId: string; ordinal: number },
  gate: EntryGate,
  given: { reason: string; by: string; now: Date },
): Promise<void> {
  for (const line of gate.filter(({ passed }) => !passed)) {
    const criterion = CRITERION_IDS.find((id): id is CriterionId => id === `entry.${line.criterion}`);
    if (!criterion) continue;
    const standing = await tx.stageOverride.count({ where: { ...life, criterion, takenBackAt: null } });
    if (standing > 0) continue;
    const { reason, by: madeBy, now: madeAt } = given;
    const found = `Required: ${line.required}. Found: ${line.found}.`;
    await tx.stageOverride.create({ data: { ...life, criterion, reason, found, madeBy, madeAt } });
  }
}

/** Which life in stage 40 comes next: that of a run that waits at the gate, or one more than there were. */
export async function nextLife(tx: Tx, ventureId: string): Promise<number> {
  const record = await tx.stageRecord.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  const run = await tx.stageRun.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  const last = record?.ordinal ?? 0;
  if (!run || run.ordinal <= last) return last + 1;
  return RUN_UNDER_WAY.includes(run.status) ? run.ordinal : run.ordinal + 1;
}

export type OpenedLife = { ordinal: number; stageRecordId: string; overridden: boolean };
type Opening = { ventureId: string; gate: GateResult; overrideReason: string | null; door: StageDoor };

/**
 * Opens stage 40 with 40.1 and begins its run, in the caller's commit, which has looked at the gate and holds the
 * venture's row. A run that waited at the gate goes on instead of a new one.
 */
export async function openLife(
  tx: Tx,
  by: string,
  { ventureId, gate, overrideReason, door }: Opening,
  now: Date,
): Promise<OpenedLife> {
  const ordinal = await nextLife(tx, ventureId);
  const record = await tx.stageRecord.create({
    data: { ventureId, ordinal, enteredAt: now, openSubstages: ["40.1"], overrideReason },
  });
  await tx.venture.update({ where: { id: ventureId }, data: { stage: "active" } });
  const entryGate = await gateOnRecord(tx, ventureId, gate, now);
  const life = { ventureId, ordinal };
  if (overrideReason) await overrideLines(tx, life, entryGate, { reason: overrideReason, by, now });
  await beginStageRun(tx, { ...life, door, by, entryGate }, now);
  await recordEvent(tx, {
    ventureId,
    type: "stage.initiated",
    actor: by,
    subject: stageWorkflowId(ventureId, ordinal),
    payload: { ordinal, door, gate: gate.lines, overrideReason },
    at: now,
  });
  return { ordinal, stageRecordId: record.id, overridden: overrideReason !== null };
}
