import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { toMinor } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";
import { fencedTransaction } from "@/lib/workflows/fence";
import { reviewMonthsOf } from "../../rules/initiatives/initiative-review";
import { type AdoptInitiative, adoptInitiativeSchema } from "../../schema/initiatives";
import { bumpDataset, lockInitiative, storeStanding, writePlan } from "./initiative-row";

type Adopted = ReturnType<typeof adoptInitiativeSchema.parse>;

/**
 * Takes over an initiative that was approved and begun before this system knew it, with its work and its money. Only the
 * chairman may: it counts as approved. One of this name that the venture has already is that one.
 */
export async function adoptInitiative(actor: Actor, given: AdoptInitiative, now: Date): Promise<{ id: string }> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  const input = adoptInitiativeSchema.parse(given);
  if (!maySeeVenture(actor, input.ventureId)) throw new AppError("NOT_FOUND");
  return fencedTransaction(async (tx) => {
    const { ventureId, title } = input;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`adopt:${ventureId}`}, 6))`;
    const known = await tx.initiative.findFirst({ where: { ventureId, title }, select: { id: true } });
    return known ?? create(tx, actor, input, now);
  });
}

async function create(tx: Tx, actor: Actor, input: Adopted, now: Date): Promise<{ id: string }> {
  const { ventureId, lever, title, ownerRole, ownerId, metric, leadingMetric, target, stopRule } = input;
  const venture = await tx.venture.findUnique({ where: { id: ventureId }, include: { settings: true } });
  if (!venture) throw new AppError("NOT_FOUND");
  const settings = venture.settings ?? { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} };
  const startedOn = dayDate(input.startedOn);
  const { id } = await tx.initiative.create({
    data: {
      ...{ ventureId, lever, title, ownerRole, ownerId, metric, leadingMetric, stopRule, status: "running" },
      importKey: input.importKey,
      ...{ targetValue: target, startsOn: startedOn, startedOn, reviewOn: dayDate(input.reviewOn), createdAt: now },
      ...{ currency: venture.currency, budgetMinor: toMinor(input.budget, venture.currency) },
      reviewMonths: reviewMonthsOf(resolveStored(settings).parameters.strategyReview),
    },
  });
  await writeWork(tx, id, input, actor.ref, now);
  await writeMoney(tx, id, input, venture.currency, actor.ref, now);
  const made = { madeBy: actor.ref, madeAt: now };
  await tx.initiativeChange.create({
    data: { initiativeId: id, version: 1, what: "taken over", detail: title, ...made },
  });
  const row = await lockInitiative(tx, id, now);
  const { figures } = await storeStanding(tx, row, row.today, now);
  await tx.initiative.update({ where: { id }, data: { baselineValue: figures.baseline.value ?? input.baseline } });
  await writePlan(tx, id, now);
  await bumpDataset(tx, ventureId, "initiatives", now);
  const subject = `initiative:${id}`;
  const payload = { title, startedOn: input.startedOn };
  await recordEvent(tx, { ventureId, type: "initiative.adopted", actor: actor.ref, subject, payload, at: now });
  return { id };
}

async function writeWork(tx: Tx, initiativeId: string, { milestones }: Adopted, by: string, now: Date): Promise<void> {
  await tx.initiativeMilestone.createMany({
    data: milestones.map(({ title, dueOn }, index) => ({
      ...{ initiativeId, position: index + 1, title, dueOn: dayDate(dueOn) },
    })),
  });
  const tasks = milestones.flatMap((milestone, index) =>
    milestone.tasks.map((task) => ({ ...task, milestone: index + 1 })),
  );
  await tx.initiativeTask.createMany({
    data: tasks.map(({ title, dueOn, doneOn, milestone }, index) => ({
      ...{ initiativeId, position: index + 1, milestone, title, dueOn: dayDate(dueOn) },
      ...(doneOn ? { doneOn: dayDate(doneOn), doneAt: now, doneBy: by } : {}),
    })),
  });
}

async function writeMoney(
  tx: Tx,
  initiativeId: string,
  { spends }: Adopted,
  currency: string,
  recordedBy: string,
  recordedAt: Date,
): Promise<void> {
  await tx.initiativeSpend.createMany({
    data: spends.map(({ kind, amount, spentOn, what }) => ({
      ...{ initiativeId, kind, what, currency, recordedBy, recordedAt, entryKey: randomUUID() },
      ...{ amountMinor: toMinor(amount, currency), spentOn: dayDate(spentOn) },
    })),
  });
}
