import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { decideExperiment, draftExperiment, importCounts, startExperiment } from "@/lib/experiments/mutations";
import { getExperiment } from "@/lib/experiments/queries";
import { type Draft, draftSchema } from "@/lib/experiments/schema/design";

type Told = {
  draft: Omit<Draft, "ventureId" | "experimentId" | "version" | "initiativeId" | "design"> & { design: object };
  startedOn: string;
  /** One row per arm, metric and day or in all; made up, as everything in the demo is. */
  counts: string | null;
  through: string;
  decide?: "ship" | "do-not-ship";
};

const rate = (key: string, name: string, more: object) => ({ key, name, kind: "rate", ...more });
const halves = (treatment: string) => [
  { key: "control", name: "As it is", weight: 50 },
  { key: "treatment", name: treatment, weight: 50 },
];

/** One that was shipped, one that may be read on any day, one that waits for its size, one whose split broke. */
const TOLD: Readonly<Record<string, readonly Told[]>> = {
  "northwind-data": [
    {
      draft: {
        name: "Annual plan first on the price page",
        hypothesis: "Most teams budget by the year; shown first, the annual plan is started more often.",
        method: "sequential",
        design: {
          ...{ unit: "visitors", arms: halves("Annual plan first"), minimalEffect: 0.1, baseline: { rate: 0.062 } },
          trafficPerDay: 2600,
          metrics: [
            rate("trial-start", "Trial started", { role: "primary" }),
            rate("demo-asked", "Demo asked for", { role: "guardrail", margin: 0.05 }),
          ],
        },
      },
      startedOn: "2026-10-12",
      counts: `arm,metric,n,successes
control,trial-start,48210,2991
treatment,trial-start,48377,3214
control,demo-asked,48210,5302
treatment,demo-asked,48377,5319
`,
      through: "2026-11-20",
    },
    {
      draft: {
        name: "Shorter sign-up form",
        hypothesis: "Three fields fewer lose fewer of those who begin.",
        method: "fixed",
        design: {
          ...{ unit: "visitors", arms: halves("Three fields fewer"), minimalEffect: 0.08, baseline: { rate: 0.31 } },
          trafficPerDay: 240,
          metrics: [rate("form-sent", "Form sent", { role: "primary" })],
        },
      },
      startedOn: "2026-08-03",
      counts: `arm,metric,n,successes
control,form-sent,6105,1889
treatment,form-sent,6088,2104
`,
      through: "2026-09-25",
      decide: "ship",
    },
  ],
  "tsubame-commerce": [
    {
      draft: {
        name: "Free returns in the basket",
        hypothesis: "Said in the basket, free returns take away the last doubt.",
        method: "fixed",
        design: {
          ...{ unit: "baskets", arms: halves("Returns said"), minimalEffect: 0.03, baseline: { rate: 0.41 } },
          trafficPerDay: 1900,
          metrics: [
            rate("bought", "Bought", { role: "primary" }),
            rate("returned", "Sent back", { role: "guardrail", better: "down", margin: 0.05 }),
          ],
        },
      },
      startedOn: "2026-11-09",
      counts: `arm,metric,day,n,successes
control,bought,2026-11-16,941,388
treatment,bought,2026-11-16,955,402
control,bought,2026-11-17,938,379
treatment,bought,2026-11-17,930,391
control,bought,2026-11-18,962,401
treatment,bought,2026-11-18,949,395
`,
      through: "2026-11-18",
    },
  ],
  "lumen-health": [
    {
      draft: {
        name: "Reminder on the second day",
        hypothesis: "Who is reminded on the second day comes back in the first week.",
        method: "bayesian",
        design: {
          ...{ unit: "patients", arms: halves("Reminded"), minimalEffect: 0.1, baseline: { rate: 0.44 } },
          trafficPerDay: 60,
          metrics: [rate("came-back", "Came back in a week", { role: "primary" })],
        },
      },
      startedOn: "2026-10-19",
      // The reminder went out before the arm was drawn: those who were reached are missing from the control.
      counts: `arm,metric,n,successes
control,came-back,812,351
treatment,came-back,1014,476
`,
      through: "2026-11-19",
    },
  ],
};

const dayOf = (day: string): Date => new Date(`${day}T08:00:00Z`);

function taken<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string }, name: string): T {
  if (!outcome.ok) throw new Error(`The demo experiment “${name}” was refused: ${outcome.refusal}`);
  return outcome.value;
}

async function seedOne(analyst: Actor, ventureId: string, { draft, startedOn, counts, through, decide }: Told) {
  const { name } = draft;
  const known = await db.experiment.findUnique({ where: { ventureId_name: { ventureId, name } } });
  const drafted = known
    ? { experimentId: known.id, version: known.version }
    : taken(await draftExperiment(analyst, draftSchema.parse({ ...draft, ventureId }), dayOf(startedOn)), name);
  const { experimentId } = drafted;
  if ((known?.status ?? "draft") === "draft") taken(await startExperiment(analyst, drafted, dayOf(startedOn)), name);
  const { head } = await getExperiment(analyst, experimentId);
  if (counts !== null && head.dataRevision === 0) {
    const file = { format: "csv" as const, fileName: `${through}.csv`, text: counts, through, onRevision: 0 };
    taken(await importCounts(analyst, { experimentId, ...file }, clock.now()), name);
  }
  if (!decide || head.status === "decided") return;
  const { version, dataRevision } = (await getExperiment(analyst, experimentId)).head;
  const decision = { experimentId, version, dataRevision, decision: decide, arm: null, reason: "" };
  taken(await decideExperiment(analyst, decision, dayOf(through)), name);
}

/** Experiments in each of their states. Safe to repeat; ventures that are missing are left out. */
export async function seedExperiments({ analyst }: { analyst: Actor }): Promise<void> {
  for (const [slug, told] of Object.entries(TOLD)) {
    const venture = await db.venture.findUnique({ where: { slug }, select: { id: true } });
    if (!venture) continue;
    for (const one of told) await seedOne(analyst, venture.id, one);
  }
}
