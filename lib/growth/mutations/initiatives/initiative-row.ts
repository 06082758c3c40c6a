import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Prisma, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { formatDay } from "@/lib/format";
import { dayText } from "@/lib/metrics/rules/periods";
import { findMetric } from "@/lib/metrics/schema";
import { sendInTransaction, startInTransaction } from "@/lib/workflows/transport";
import type { InitiativeRow } from "../../queries/initiatives/initiative-effect";
import {
  loadMoney,
  loadStanding,
  type Money,
  type Standing,
  todayAt,
} from "../../queries/initiatives/initiative-standing";
import { STANDING_PARTS, standingId } from "../../rules/initiatives/initiative-figures";
import { measureOf } from "../../rules/initiatives/initiative-measure";
import { type MilestoneState, milestoneStates, type Plan } from "../../rules/initiatives/initiative-plan";
import { planBlocks, planKind } from "../../rules/initiatives/plan-text";

export type LockedInitiative = InitiativeRow & { today: string; plan: Plan };

export const INITIATIVE_TOPIC = "initiative";

/** The row is held until the end of the transaction: of two who change one initiative the second sees the first's change. */
export async function lockInitiative(tx: Tx, initiativeId: string, now: Date): Promise<LockedInitiative> {
  await tx.$queryRaw`SELECT 1 FROM "initiative" WHERE "id" = ${initiativeId}::uuid FOR UPDATE`;
  const row = await tx.initiative.findUnique({
    where: { id: initiativeId },
    include: { tasks: { orderBy: { position: "asc" } }, milestones: { orderBy: { position: "asc" } } },
  });
  if (!row) throw new AppError("NOT_FOUND");
  const { tasks, milestones, ...initiative } = row;
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: row.ventureId }, select: { timeZone: true } });
  const plan: Plan = {
    ...{ status: row.status, startsOn: dayText(row.startsOn), ownerId: row.ownerId, leadingMetric: row.leadingMetric },
    milestones: milestones.map(({ position, title, dueOn }) => ({ position, title, dueOn: dayText(dueOn) })),
    tasks: tasks.map(({ position, milestone, title, dueOn, doneOn, doneAt }) => ({
      ...{ position, milestone, title, dueOn: dayText(dueOn) },
      doneOn: doneOn ? dayText(doneOn) : doneAt ? dayText(doneAt) : null,
    })),
  };
  return { ...initiative, today: todayAt(venture.timeZone, now), plan };
}

export async function lockVisible(tx: Tx, actor: Actor, initiativeId: string, now: Date): Promise<LockedInitiative> {
  const initiative = await lockInitiative(tx, initiativeId, now);
  if (!maySeeVenture(actor, initiative.ventureId)) throw new AppError("NOT_FOUND");
  return initiative;
}

export type Changed = {
  /** In a word or two, as the history names it. */
  what: string;
  detail: string;
  event: string;
  payload?: Prisma.InputJsonObject;
  by: string;
  now: Date;
};

/** The next version with who made it, what and why; then the event. Call it last: the event holds the venture's chain. */
export async function writeChange(
  tx: Tx,
  { id, ventureId, title, version }: InitiativeRow,
  change: Changed,
): Promise<number> {
  const { what, detail, event, payload = {}, by, now } = change;
  const next = version + 1;
  await tx.initiative.update({ where: { id }, data: { version: next } });
  await tx.initiativeChange.create({
    data: { initiativeId: id, version: next, what, detail, madeBy: by, madeAt: now },
  });
  await recordEvent(tx, {
    ventureId,
    type: event,
    actor: by,
    subject: `initiative:${id}`,
    payload: { title, version: next, what, detail, ...payload },
    at: now,
  });
  return next;
}

export async function bumpDataset(tx: Tx, ventureId: string, dataset: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "dataset_version" ("ventureId", "dataset", "version", "changedAt")
    VALUES (${ventureId}::uuid, ${dataset}, 1, ${now})
    ON CONFLICT ("ventureId", "dataset") DO UPDATE
      SET "version" = "dataset_version"."version" + 1, "changedAt" = EXCLUDED."changedAt"`;
}

/** Stores where the initiative stands now; the figures are those that lists and the plan quote. */
export async function storeStanding(tx: Tx, row: InitiativeRow, today: string, now: Date): Promise<Standing> {
  const standing = await loadStanding(tx, row, today);
  await saveFigures(tx, row.ventureId, Object.values(standing.figures), now);
  return standing;
}

/** The same for its money alone. */
export async function storeMoney(tx: Tx, row: InitiativeRow, today: string, now: Date): Promise<Money> {
  const money = await loadMoney(tx, row, today);
  await saveFigures(tx, row.ventureId, Object.values(money.figures), now);
  return money;
}

/**
 * Writes the plan as it is now as the next version of its artefact. Months are read only where they never were: the plan
 * quotes the measure as it was last stored.
 */
export async function writePlan(tx: Tx, initiativeId: string, now: Date): Promise<void> {
  const row = await lockInitiative(tx, initiativeId, now);
  const ids = Object.fromEntries(STANDING_PARTS.map((part) => [part, standingId(row, part)]));
  const measured = await tx.figure.count({ where: { id: ids.now ?? "" } });
  if (measured === 0) await storeStanding(tx, row, row.today, now);
  else await storeMoney(tx, row, row.today, now);
  const owner = row.ownerId ? await tx.user.findUnique({ where: { id: row.ownerId }, select: { name: true } }) : null;
  const blocks = planBlocks({
    ...{ title: row.title, lever: row.lever, status: row.status, ownerRole: row.ownerRole, stopRule: row.stopRule },
    ownerName: owner?.name ?? null,
    metricLabel: measureOf(row).label,
    leadingLabel: row.leadingMetric ? (findMetric(row.leadingMetric)?.name ?? row.leadingMetric) : null,
    startsOn: dayWords(row.startsOn),
    startedOn: row.startedOn ? dayWords(row.startedOn) : null,
    reviewOn: dayWords(row.reviewOn),
    reviewMonths: row.reviewMonths,
    milestones: milestoneStates(row.plan, row.today).map(inWords),
    figures: ids as Record<(typeof STANDING_PARTS)[number], string>,
  });
  await storePlan(tx, row, blocks, Object.values(ids), now);
}

const dayWords = (day: Date): string => formatDay(dayText(day));

/** A milestone with its days, and those of its tasks, as a person reads them. */
function inWords(milestone: MilestoneState): MilestoneState {
  const { dueOn, reachedOn, tasks } = milestone;
  const days = { dueOn: formatDay(dueOn), reachedOn: reachedOn && formatDay(reachedOn) };
  const told = tasks.map((task) => ({
    ...task,
    dueOn: formatDay(task.dueOn),
    doneOn: task.doneOn && formatDay(task.doneOn),
  }));
  return { ...milestone, ...days, tasks: told };
}

async function storePlan(
  tx: Tx,
  { id, ventureId, title }: InitiativeRow,
  blocks: ReturnType<typeof planBlocks>,
  figureIds: readonly string[],
  now: Date,
): Promise<void> {
  const kind = planKind(id);
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`artefact:${ventureId}:${kind}`}, 4))::text`;
  const revisions = await tx.figure.findMany({
    where: { id: { in: [...figureIds] } },
    orderBy: { revision: "desc" },
    distinct: ["id"],
    select: { id: true, revision: true },
  });
  const latest = await tx.artefact.findFirst({ where: { ventureId, kind }, orderBy: { version: "desc" } });
  const body = { blocks, model: "initiative's own record" } as unknown as Prisma.InputJsonObject;
  const stored = { ventureId, kind, version: (latest?.version ?? 0) + 1, title: `Strategy plan: ${title}`, body };
  await tx.artefact.create({ data: { ...stored, figures: revisions, createdAt: now } });
}

/** The run that follows an approval; an approval that was taken back and given again has a run of its own. */
export const followRun = (initiativeId: string, approvedAt: Date): string =>
  `initiative:${initiativeId}:${approvedAt.getTime()}`;

export async function startFollowing(tx: Tx, initiativeId: string, runKey: string): Promise<void> {
  await startInTransaction(tx, { name: "initiative", id: runKey, args: [initiativeId] });
}

/** The state changed: the run that follows it looks again. */
export async function wakeFollower(tx: Tx, { id, runKey }: InitiativeRow, change: string): Promise<void> {
  if (runKey === null) return;
  await startFollowing(tx, id, runKey);
  await sendInTransaction(tx, {
    ...{ workflowId: runKey, topic: INITIATIVE_TOPIC, message: { change }, key: `${runKey}:${change}` },
  });
}
