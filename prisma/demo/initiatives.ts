import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { adoptInitiative } from "@/lib/growth/mutations/initiatives/initiative-adoption";
import { measureReview } from "@/lib/growth/mutations/initiatives/initiative-measure";
import type { AdoptInitiative } from "@/lib/growth/schema/initiatives";

type Told = Omit<AdoptInitiative, "ventureId" | "ownerId">;

/** Work that was under way when the ventures were taken over: made up, as everything in the demo is. */
const UNDER_WAY: Readonly<Record<string, readonly Told[]>> = {
  "northwind-data": [
    {
      lever: "retention-gap:Startup",
      title: "Close the retention gap of Startup",
      ownerRole: "Head of Customer Success",
      budget: "42000",
      metric: "gross_revenue_retention",
      leadingMetric: "logo_churn",
      target: "0.93",
      startedOn: "2026-06-01",
      reviewOn: "2026-11-16",
      stopRule: "Stop if the group's retention has not risen by the second review.",
      milestones: [
        {
          title: "Causes known",
          dueOn: "2026-07-15",
          tasks: [
            { title: "Interview customers of the group who left or shrank", dueOn: "2026-06-26", doneOn: "2026-06-24" },
            { title: "Agree on the two causes to remove first", dueOn: "2026-07-15", doneOn: "2026-07-17" },
          ],
        },
        {
          title: "First remedy in place for the whole group",
          dueOn: "2026-10-30",
          tasks: [
            { title: "New onboarding for the first month", dueOn: "2026-09-30", doneOn: "2026-10-02" },
            { title: "A named contact for every account", dueOn: "2026-10-30", doneOn: null },
          ],
        },
        {
          title: "Retention compared with the best group",
          dueOn: "2027-02-26",
          tasks: [{ title: "Compare retention with the best group", dueOn: "2027-02-26", doneOn: null }],
        },
      ],
      spends: [
        { kind: "spent", amount: "6200", spentOn: "2026-07-02", what: "Interviews with former customers" },
        { kind: "spent", amount: "14800", spentOn: "2026-09-18", what: "Onboarding specialist, three months" },
        { kind: "committed", amount: "9000", spentOn: "2026-12-01", what: "Training platform, one year" },
      ],
    },
  ],
  "tsubame-commerce": [
    {
      lever: "annual-plan",
      title: "Offer the annual plan at renewal",
      ownerRole: "Head of Sales",
      budget: "2400000",
      metric: "revenue",
      leadingMetric: "net_revenue_retention",
      startedOn: "2026-06-15",
      reviewOn: "2026-11-16",
      stopRule: "Stop if fewer renew than before the offer.",
      milestones: [
        {
          title: "Offer ready",
          dueOn: "2026-07-31",
          tasks: [{ title: "Price and terms agreed", dueOn: "2026-07-31", doneOn: "2026-07-28" }],
        },
        {
          title: "Every renewal of a quarter has been offered it",
          dueOn: "2026-12-18",
          tasks: [
            { title: "Account managers trained", dueOn: "2026-09-11", doneOn: "2026-09-10" },
            { title: "Offered at each renewal", dueOn: "2026-12-18", doneOn: null },
          ],
        },
      ],
      spends: [{ kind: "spent", amount: "1150000", spentOn: "2026-09-10", what: "Training and material" }],
    },
  ],
};

/** Takes the initiatives over and measures each on its last review date. Safe to repeat; ventures that are missing are left out. */
export async function seedInitiatives({ chairman, analyst }: { chairman: Actor; analyst: Actor }): Promise<void> {
  for (const [slug, told] of Object.entries(UNDER_WAY)) {
    const venture = await db.venture.findUnique({ where: { slug }, select: { id: true } });
    if (!venture) continue;
    for (const one of told) {
      const input = { ...one, ventureId: venture.id, ownerId: analyst.id };
      const { id } = await adoptInitiative(chairman, input, clock.now());
      await measureReview(id, one.reviewOn, clock.now());
    }
  }
}
