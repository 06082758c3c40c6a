import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { forecastForCycle, measureForCycle } from "@/lib/growth/mutations/cycle/cycle-report";
import { closeCycle } from "@/lib/growth/mutations/cycle/cycle-steps";

/** The turn that ended with the review of its initiative; the next one opens as it closes and runs from the first start on. */
const VENTURE = "northwind-data";
const OPENED = "2026-10-16";
const REVIEW = "2026-11-16";

const at = (day: string): Date => new Date(`${day}T09:00:00Z`);

/** One turn of the growth loop that is over, with its report; what was forecast at its opening saw only the months until then. */
export async function seedGrowthCycles({ chairman, analyst }: { chairman: Actor; analyst: Actor }): Promise<void> {
  const venture = await db.venture.findUnique({ where: { slug: VENTURE }, select: { id: true } });
  if (!venture) return;
  const key = { ventureId: venture.id, ordinal: 1 };
  const days = { openedOn: new Date(OPENED), reviewOn: new Date(REVIEW), openedAt: at(OPENED), phaseAt: at(REVIEW) };
  const { id, status } = await db.growthCycle.upsert({
    where: { ventureId_ordinal: key },
    create: { ...key, ...days, phase: "learn", openedBy: chairman.ref },
    update: {},
  });
  if (status !== "running") return;
  await forecastForCycle(id, analyst.ref, at(OPENED));
  await measureForCycle(id, at(REVIEW));
  await closeCycle(id, analyst, clock.now());
}
