import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { keepPlan } from "@/lib/valuation/mutations/optimization";
import { START_PLAN } from "@/lib/valuation/rules/optimization/plan";
import type { Estimate } from "@/lib/valuation/schema/optimization";

const estimate = (lever: string, more: Partial<Estimate>): Estimate => ({
  ...{ lever, size: null, hours: null, cost: "0", months: 0, after: null, out: false },
  ...more,
});

/** What the analyst made up about the levers of a venture that is prepared for sale. */
const ESTIMATES: Readonly<Record<string, readonly Estimate[]>> = {
  "meridian-robotics": [
    estimate("driver:margin", { size: "1.5", hours: 260, cost: "60000", months: 3 }),
    estimate("driver:growth", { size: "2", hours: 320, cost: "150000", months: 4 }),
    estimate("driver:risk", { size: "1", hours: 120, cost: "25000", months: 1, after: "readiness:change-of-control" }),
    estimate("readiness:change-of-control", { hours: 30, cost: "8000", months: 1 }),
  ],
  "northwind-data": [
    estimate("driver:revenue", { size: "2", hours: 280, cost: "90000", months: 3 }),
    estimate("driver:margin", { size: "1", hours: 180, cost: "20000", months: 2 }),
  ],
};

/** A first plan of each venture whose valuation is kept. Safe to repeat. */
export async function seedPlans({ analyst }: { analyst: Actor }): Promise<void> {
  for (const [slug, estimates] of Object.entries(ESTIMATES)) {
    const venture = await db.venture.findUnique({ where: { slug }, select: { id: true } });
    if (!venture || (await db.valuationPlan.count({ where: { ventureId: venture.id } })) > 0) continue;
    const inputs = { ...START_PLAN, atMost: 8, estimates: [...estimates] };
    const said = { version: 0, reason: "First plan, with the estimates of the board's away day" };
    const kept = await keepPlan(analyst, { ventureId: venture.id, ...said, inputs }, clock.now());
    if (!kept.ok) throw new Error(`A plan was refused: ${kept.refusal}`);
  }
}
