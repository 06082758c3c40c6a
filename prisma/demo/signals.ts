import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { stateSignal } from "@/lib/governance/mutations/signals";

/** What no series carries and a person stated with its source: it fires market timing (ACTIVE-VENTURE-004). */
const CONSOLIDATION = {
  kind: "consolidation" as const,
  title: "Two groups bought four makers of practice software within a year",
  source: "Trade press, issue of last month",
  sector: null,
};
const DAYS_AGO = 24;

/** A signal of the market. Safe to repeat: one that was stated is left alone. */
export async function seedSignals({ analyst }: { analyst: Actor }): Promise<void> {
  const now = clock.now();
  const venture = await db.venture.findUnique({ where: { slug: "lumen-health" } });
  if (!venture || (await db.governanceSignal.count({ where: { title: CONSOLIDATION.title } })) > 0) return;
  const dated = new Date(now.getTime() - DAYS_AGO * 86_400_000).toISOString().slice(0, 10);
  const stated = await stateSignal(analyst, { ...CONSOLIDATION, ventureId: venture.id, dated }, now);
  if (!stated.ok) throw new Error(`A signal of the demo was refused: ${stated.refusal}`);
}
