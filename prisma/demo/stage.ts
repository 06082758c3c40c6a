import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { overrideCriterion } from "@/lib/stage/mutations/overrides";
import { beginDueRealization } from "@/lib/stage/mutations/realization";
import type { CriterionId } from "@/lib/stage/schema/run";

/** The venture that was sold before this house kept its sales: its certificate says what its chairman let pass, and why. */
const SOLD = "brightwater-payroll";

const PASSED: Partial<Record<CriterionId, string>> = {
  "exit.growth-optimized":
    "Growth was managed to its plan before this house kept levers and initiatives; the buyer paid for what it had become.",
  "exit.executed":
    "The sale to Southern Care Systems closed on 30 October 2026; counsel's closing binder holds every signature.",
  "exit.value-captured":
    "What was payable at closing is under way to the holders. Escrow and the first earn-out year are followed in the ledger until 2028.",
};

/** Lets the exit gate of the sold venture pass, so that its run can certify it. Safe to repeat: what stands is left. */
export async function seedStage({ chairman }: { chairman: Actor }): Promise<void> {
  const venture = await db.venture.findUnique({ where: { slug: SOLD } });
  if (!venture) return;
  for (const [criterion, reason] of Object.entries(PASSED)) {
    const given = { ventureId: venture.id, criterion: criterion as CriterionId, reason };
    const outcome = await overrideCriterion(chairman, given, clock.now());
    const fine = outcome.ok || outcome.refusal === "MET_ALREADY" || outcome.refusal === "STANDS_ALREADY";
    if (!fine) throw new Error(`The demo's ${criterion} was refused: ${outcome.refusal}`);
  }
}

/** The sales that are under way are followed from the first day on, not from the first night. Safe to repeat. */
export async function seedRealizations(): Promise<void> {
  const selling = await db.stageRecord.findMany({ where: { endedAt: null, openSubstages: { has: "40.3" } } });
  for (const { ventureId } of selling) await beginDueRealization(ventureId, clock.now());
}
