import { randomUUID } from "node:crypto";
import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import type { StartInitiative } from "@/lib/decisions/schema";
import { makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { engineClient } from "@/lib/workflows/transport";
import { startInitiative } from "../mutations";

/** People, ventures and initiatives for the database tests of this room. */
export const NOON = new Date("2026-11-22T12:00:00Z");
export const later = (days: number): Date => new Date(NOON.getTime() + days * 86_400_000);

let made = 0;

/** A person with an account, because an owner is one. */
export async function makePerson(role: Role, ventures: "all" | string[] = "all") {
  made += 1;
  const name = `${role} ${made}`;
  const { id } = await db.user.create({ data: { email: `${randomUUID()}@holding.example`, name, role } });
  return {
    id,
    name,
    actor: mintActor({ id, ref: `user:${id}`, name, role, ventures, sessionId: null, steppedUpAt: null }),
  };
}

export const actionOf = (more: Partial<StartInitiative> = {}): StartInitiative => ({
  ...{ type: "growth.start-initiative", lever: "retention-gap:small", title: "Retention programme" },
  ...{ ownerRole: "Head of Customer Success", budgetMinor: "1000000", budgetFigure: null, currency: "EUR" },
  ...{ metric: "revenue", baselineFigure: null, targetValue: "0.92", targetFigure: null, reviewAfterDays: 90 },
  stopRule: "Stop if retention has not moved.",
  milestones: [
    { title: "First measure in place", afterDays: 30 },
    { title: "Interview customers who left", afterDays: 14 },
  ],
  ...more,
});

/** An initiative as an approved memo begins it; the memo itself is left out. */
export async function beginInitiative(more: Partial<StartInitiative> = {}, given: string | null = null, now = NOON) {
  await engineClient();
  const ventureId = given ?? (await makeVenture());
  const { id } = await db.$transaction((tx) =>
    startInitiative(tx, { memoId: randomUUID(), ventureId, action: actionOf(more), now }),
  );
  return { id, ventureId };
}

export const rowOf = (id: string) => db.initiative.findUniqueOrThrow({ where: { id } });
export const versionOf = async (id: string): Promise<number> => (await rowOf(id)).version;

/** Revenue by month to October 2026 that rises by 2 a month with errors, and by `lift` more from the month `from` on. */
export async function reportRevenueWithStep(
  ventureId: string,
  level: number,
  lift: number,
  from: string,
): Promise<void> {
  const digits = [..."31415926535897932384626433832795028841971693993751"].map((digit) => Number(digit) - 4.5);
  const values = months("2023-11", 36, (index) => level + 2 * index + (digits[index % digits.length] ?? 0));
  const lifted = Object.entries(values).map(([month, value]) => [month, Number(value) + (month >= from ? lift : 0)]);
  await reportMonths(ventureId, "revenue", Object.fromEntries(lifted) as Record<string, number>);
  await reportMonths(
    ventureId,
    "cost_of_revenue",
    months("2023-11", 36, (index) => (level + 2 * index) / 5),
  );
}
