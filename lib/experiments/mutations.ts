import "server-only";
import { createHash } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { computeStanding, type ExperimentRow } from "./queries";
import { countsText, type ReadCounts } from "./rules/counts";
import { dayAfter, plannedSize } from "./rules/design";
import { readCounts } from "./rules/read-counts";
import { experimentDataset } from "./rules/result-figures";
import { type DecideInput, type Draft, designSchema, type ImportInput } from "./schema/design";

const dayDate = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** The row under its lock; of two who change an experiment the second sees what the first did. */
async function lockExperiment(tx: Tx, actor: Actor, id: string): Promise<ExperimentRow> {
  await tx.$queryRaw`SELECT 1 FROM "experiment" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const row = await tx.experiment.findUnique({ where: { id } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  return row;
}

/** Stores the figures of the experiment as it stands; those of a hidden result are never computed. */
async function storeFigures(tx: Tx, row: ExperimentRow, now: Date): Promise<void> {
  const { figures } = await computeStanding(tx, row);
  await saveFigures(
    tx,
    row.ventureId,
    figures.map(({ figure }) => figure),
    now,
  );
}

type Said = { type: string; payload: Prisma.InputJsonObject };

const record = (tx: Tx, row: ExperimentRow, actor: Actor, { type, payload }: Said, at: Date) =>
  recordEvent(tx, {
    ...{ ventureId: row.ventureId, type, actor: actor.ref, at },
    subject: `experiment:${row.id}`,
    payload: { name: row.name, ...payload },
  });

async function checkInitiative(tx: Tx, { initiativeId, ventureId }: Draft): Promise<void> {
  if (initiativeId === null) return;
  if ((await tx.initiative.count({ where: { id: initiativeId, ventureId } })) === 0) throw new AppError("NOT_FOUND");
}

export type DraftRefusal = "CHANGED_SINCE" | "ALREADY_STARTED" | "NAME_TAKEN" | "CANNOT_BE_PLANNED";

/** One writer of a venture's drafts at a time, so that two cannot take one name. */
async function isNameTaken(tx: Tx, { ventureId, experimentId, name }: Draft): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`experiments:${ventureId}`}, 0))`;
  const others = experimentId === null ? {} : { id: { not: experimentId } };
  return (await tx.experiment.count({ where: { ventureId, name, ...others } })) > 0;
}

/** The draft that is changed, if it may be: in its venture, at the version that was read, not started. */
async function openDraft(
  tx: Tx,
  actor: Actor,
  { experimentId, ventureId, version }: Draft,
): Promise<Result<ExperimentRow | null, DraftRefusal>> {
  if (experimentId === null) return ok(null);
  const row = await lockExperiment(tx, actor, experimentId);
  if (row.status !== "draft") return refuse("ALREADY_STARTED" as const);
  return row.version === version && row.ventureId === ventureId ? ok(row) : refuse("CHANGED_SINCE" as const);
}

/** A new draft, or another version of one: the design may change until it starts, and not after. */
export async function draftExperiment(
  actor: Actor,
  input: Draft,
  now: Date,
): Promise<Result<{ experimentId: string; version: number }, DraftRefusal>> {
  const { ventureId, name, hypothesis, method, design, initiativeId } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const { units: plannedUnits } = plannedSize(design, method);
  if (plannedUnits === null)
    return refuse("CANNOT_BE_PLANNED" as const, [
      { path: "design.minimalEffect", expected: "an effect that some size can find" },
    ]);
  const data = { name, hypothesis, method, design, initiativeId, plannedUnits };
  return db.$transaction(async (tx) => {
    await checkInitiative(tx, input);
    const before = await openDraft(tx, actor, input);
    if (!before.ok) return before;
    if (await isNameTaken(tx, input))
      return refuse("NAME_TAKEN" as const, [{ path: "name", expected: "a name of its own" }]);
    const row = before.value
      ? await tx.experiment.update({ where: { id: before.value.id }, data: { ...data, version: { increment: 1 } } })
      : await tx.experiment.create({ data: { ...data, ventureId, createdBy: actor.ref, createdAt: now } });
    await storeFigures(tx, row, now);
    const type = before.value ? "experiment.redrafted" : "experiment.drafted";
    await record(tx, row, actor, { type, payload: { method, plannedUnits } }, now);
    return ok({ experimentId: row.id, version: row.version });
  });
}

export type StartRefusal = "CHANGED_SINCE" | "ALREADY_STARTED";

/** From now on the design is frozen. */
export async function startExperiment(
  actor: Actor,
  input: { experimentId: string; version: number },
  now: Date,
): Promise<Result<{ version: number }, StartRefusal>> {
  return db.$transaction(async (tx) => {
    const before = await lockExperiment(tx, actor, input.experimentId);
    if (before.status !== "draft") return refuse("ALREADY_STARTED" as const);
    if (before.version !== input.version) return refuse("CHANGED_SINCE" as const);
    const design = designSchema.parse(before.design);
    const { days, units } = plannedSize(design, before.method);
    const plannedEnd = days === null || days > 3650 ? null : dayAfter(dayOf(now), days);
    const row = await tx.experiment.update({
      where: { id: before.id },
      data: {
        ...{ status: "running", startedOn: dayDate(dayOf(now)), plannedUnits: units, version: { increment: 1 } },
        plannedEnd: plannedEnd === null ? null : dayDate(plannedEnd),
      },
    });
    await storeFigures(tx, row, now);
    const payload = { method: row.method, plannedUnits: units, plannedEnd, design };
    await record(tx, row, actor, { type: "experiment.started", payload }, now);
    return ok({ version: row.version });
  });
}

export type ImportRefusal = "NOT_RUNNING" | "CHANGED_SINCE" | "COUNTS_REFUSED" | "SAME_COUNTS";

async function storeCounts(tx: Tx, row: ExperimentRow, read: ReadCounts, input: ImportInput, by: Actor, now: Date) {
  const revision = row.dataRevision + 1;
  const current = { experimentId: row.id, supersededAt: null };
  await tx.experimentImport.updateMany({ where: current, data: { supersededAt: now } });
  const { format, fileName } = input;
  const through = read.through ?? input.through ?? dayOf(now);
  const stored = await tx.experimentImport.create({
    data: {
      ...{
        experimentId: row.id,
        revision,
        format,
        fileName,
        digest: digestOf(read),
        importedBy: by.ref,
        importedAt: now,
      },
      through: dayDate(through),
    },
  });
  await tx.experimentCount.createMany({
    data: read.counts.map(({ arm, metric, day, units, sums }, index) => ({
      ...{ importId: stored.id, rowNumber: index + 1, arm, metric, units: BigInt(units) },
      ...{ day: day === null ? null : dayDate(day), sums: sums as Prisma.InputJsonObject },
    })),
  });
  const dataset = { ventureId: row.ventureId, dataset: experimentDataset(row.id) };
  await tx.datasetVersion.upsert({
    where: { ventureId_dataset: dataset },
    create: { ...dataset, version: revision, changedAt: now },
    update: { version: revision, changedAt: now },
  });
  const data = { dataRevision: revision, version: { increment: 1 } };
  return { revision, through, row: await tx.experiment.update({ where: { id: row.id }, data }) };
}

const digestOf = (read: ReadCounts): string => createHash("sha256").update(countsText(read.counts)).digest("hex");

/**
 * Replaces the counts by those of the file, as a revision: the counts before stay. All or nothing; the same counts
 * again change nothing. Refused if another import came since the preview.
 */
export async function importCounts(
  actor: Actor,
  input: ImportInput,
  now: Date,
): Promise<Result<{ revision: number }, ImportRefusal>> {
  return db.$transaction(
    async (tx) => {
      const before = await lockExperiment(tx, actor, input.experimentId);
      if (before.status !== "running") return refuse("NOT_RUNNING" as const);
      const read = readCounts(input.format, input.text, designSchema.parse(before.design));
      if (read.problems.length > 0)
        return refuse(
          "COUNTS_REFUSED" as const,
          read.problems
            .slice(0, 50)
            .map(({ row, problem }) => ({ path: row === null ? "" : `row ${row}`, expected: problem })),
        );
      const current = await tx.experimentImport.findFirst({ where: { experimentId: before.id, supersededAt: null } });
      if (current?.digest === digestOf(read)) return refuse("SAME_COUNTS" as const);
      if (before.dataRevision !== input.onRevision) return refuse("CHANGED_SINCE" as const);
      const stored = await storeCounts(tx, before, read, input, actor, now);
      await storeFigures(tx, stored.row, now);
      const payload = {
        revision: stored.revision,
        format: input.format,
        fileName: input.fileName,
        rows: read.counts.length,
      };
      await record(
        tx,
        stored.row,
        actor,
        { type: "experiment.counted", payload: { ...payload, through: stored.through } },
        now,
      );
      return ok({ revision: stored.revision });
    },
    { timeout: 30_000 },
  );
}

export type DecideRefusal = "NOT_RUNNING" | "CHANGED_SINCE" | "REASON_NEEDED" | "NO_SUCH_ARM";

/** Ends the experiment with a decision. Against the pre-set rule, or before it says anything, only with a reason. */
export async function decideExperiment(
  actor: Actor,
  input: DecideInput,
  now: Date,
): Promise<Result<{ ruleSaid: string; overridden: boolean }, DecideRefusal>> {
  const { decision, arm, reason } = input;
  return db.$transaction(async (tx) => {
    const before = await lockExperiment(tx, actor, input.experimentId);
    if (before.status !== "running") return refuse("NOT_RUNNING" as const);
    if (before.version !== input.version || before.dataRevision !== input.dataRevision)
      return refuse("CHANGED_SINCE" as const);
    const { head, standing } = await computeStanding(tx, before);
    const treatments = head.design.arms.slice(1).filter(({ weight }) => weight > 0);
    const shipped = decision === "ship" ? (arm ?? standing.verdict.arm ?? treatments[0]?.key ?? null) : null;
    if (shipped !== null && !treatments.some(({ key }) => key === shipped))
      return refuse("NO_SUCH_ARM" as const, [{ path: "arm", expected: "a treatment of the design" }]);
    const { said } = standing.verdict;
    const overridden = said !== decision || (decision === "ship" && shipped !== standing.verdict.arm);
    if (overridden && reason.length < 3)
      return refuse("REASON_NEEDED" as const, [
        { path: "reason", expected: "why it is decided otherwise than the rule" },
      ]);
    const row = await tx.experiment.update({
      where: { id: before.id },
      data: {
        ...{ status: "decided", decision, decidedArm: shipped, ruleSaid: said, decisionReason: reason || null },
        ...{ endedOn: dayDate(dayOf(now)), endedBy: actor.ref, version: { increment: 1 } },
      },
    });
    const payload = { decision, arm: shipped, ruleSaid: said, overridden, reason, dataRevision: row.dataRevision };
    await record(tx, row, actor, { type: "experiment.decided", payload }, now);
    return ok({ ruleSaid: said, overridden });
  });
}

/** Ends a draft or a running experiment without a decision. */
export async function stopExperiment(
  actor: Actor,
  input: { experimentId: string; version: number; reason: string },
  now: Date,
): Promise<Result<{ version: number }, "CHANGED_SINCE" | "ALREADY_ENDED">> {
  return db.$transaction(async (tx) => {
    const before = await lockExperiment(tx, actor, input.experimentId);
    if (before.status !== "draft" && before.status !== "running") return refuse("ALREADY_ENDED" as const);
    if (before.version !== input.version) return refuse("CHANGED_SINCE" as const);
    const ended = { endedOn: dayDate(dayOf(now)), endedBy: actor.ref, decisionReason: input.reason };
    const row = await tx.experiment.update({
      where: { id: before.id },
      data: { status: "stopped", ...ended, version: { increment: 1 } },
    });
    await record(tx, row, actor, { type: "experiment.stopped", payload: { reason: input.reason } }, now);
    return ok({ version: row.version });
  });
}
