import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { db, Prisma } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { type OpenedLife, openLife } from "@/lib/stage/mutations/opening";
import { beginStageRun } from "@/lib/stage/mutations/run";
import { engineClient } from "@/lib/workflows/transport";
import { countDeciders, readEntryFacts, resolveStored, valuationInDollars } from "./queries";
import { configurationWarnings, entryGate, type GateResult, PROFILE_AUTONOMY, slugOf, trimOverrides } from "./rules";
import {
  type AdoptStage40,
  adoptStage40Schema,
  type ConfigureVenture,
  type CreateVenture,
  configureVentureSchema,
  createVentureSchema,
  type InitiateStage40,
  slugSchema,
} from "./schema";

const asDate = (day: string | null): Date | null => (day ? new Date(`${day}T00:00:00Z`) : null);

/**
 * A new venture in stage 39 (mature), with the settings of its profile. Nobody may hold the same slug; a name that gives
 * none (no Latin letter or digit in it) needs one.
 */
export async function createVenture(
  actor: Actor,
  input: CreateVenture,
): Promise<Result<{ ventureId: string; slug: string }, "SLUG_TAKEN" | "SLUG_NEEDED">> {
  const {
    profile,
    autonomy = PROFILE_AUTONOMY[profile],
    slug: wanted,
    foundedOn,
    maturityAssessedOn,
    ...venture
  } = createVentureSchema.parse(input);
  const slug = wanted ?? slugOf(venture.name).slice(0, 60).replace(/-$/, "");
  if (!slugSchema.safeParse(slug).success) return refuse("SLUG_NEEDED");
  try {
    return await db.$transaction(async (tx) => {
      const now = clock.now();
      const dates = { foundedOn: asDate(foundedOn), maturityAssessedOn: asDate(maturityAssessedOn) };
      const settings = { create: { profile, autonomy } };
      const { id } = await tx.venture.create({ data: { ...venture, ...dates, slug, createdAt: now, settings } });
      await recordEvent(tx, {
        ventureId: id,
        type: "venture.created",
        actor: actor.ref,
        subject: `venture:${id}`,
        payload: { slug, name: venture.name, currency: venture.currency, profile, autonomy },
        at: now,
      });
      return ok({ ventureId: id, slug });
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return refuse("SLUG_TAKEN");
    throw error;
  }
}

/**
 * Sets profile, autonomy and overrides as the chairman wants them, if nobody changed them since `version`.
 * A parameter out of its range is refused with the range. A changed profile brings its autonomy unless one is given.
 */
export async function configureVenture(
  actor: Actor,
  input: ConfigureVenture,
): Promise<Result<{ version: number; warnings: string[] }, "INVALID_INPUT">> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  const parsed = configureVentureSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), expected: issue.message }));
    return refuse("INVALID_INPUT", problems);
  }
  const { ventureId, version, profile } = parsed.data;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return await db.$transaction(async (tx) => {
    const before = await tx.ventureSettings.findUnique({ where: { ventureId } });
    if (!before) throw new AppError("NOT_FOUND");
    const inherited = profile === before.profile ? before.autonomy : PROFILE_AUTONOMY[profile];
    const overrides = trimOverrides(profile, parsed.data.overrides);
    const after = { profile, autonomy: parsed.data.autonomy ?? inherited, overrides };
    const changed = await tx.ventureSettings.updateMany({
      where: { ventureId, version },
      data: { ...after, version: version + 1 },
    });
    if (changed.count !== 1) throw new AppError("CONFLICT");
    const valuation = await valuationInDollars(tx, ventureId);
    const warnings = configurationWarnings(resolveStored(after).parameters, valuation, await countDeciders(tx));
    await recordEvent(tx, {
      ventureId,
      type: "venture.configured",
      actor: actor.ref,
      subject: `venture:${ventureId}`,
      payload: {
        before: { profile: before.profile, autonomy: before.autonomy, overrides: before.overrides ?? {} },
        after,
        version: version + 1,
      },
      at: clock.now(),
    });
    return ok({ version: version + 1, warnings });
  });
}

/** The gate's figures are computed and stored in the same commit: a busy machine gets the time for it. */
const PATIENT = { timeout: 20_000, maxWait: 10_000 };

export type InitiateRefusal = "GATE_FAILED" | "OVERRIDE_NOT_ALLOWED" | "ALREADY_ACTIVE" | "EXITED";
export type InitiateOutcome = OpenedLife & { gate: GateResult };

/**
 * Starts stage 40 with 40.1 open. The entry gate is checked in the same transaction; only the chairman may pass a failing
 * one, with a reason. Two starts at once: one wins, the other is refused as ALREADY_ACTIVE.
 */
export async function initiateStage40(
  actor: Actor,
  ventureId: string,
  { overrideReason }: Pick<InitiateStage40, "overrideReason"> = {},
): Promise<Result<InitiateOutcome, InitiateRefusal>> {
  if (!isPermitted(actor.role, "venture:configure")) throw new AppError("FORBIDDEN");
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  await engineClient();
  return await db.$transaction(async (tx) => {
    const [venture] = await tx.$queryRaw<{ stage: string }[]>`
      SELECT "stage"::text FROM "venture" WHERE "id" = ${ventureId}::uuid AND "archivedAt" IS NULL FOR UPDATE`;
    const settings = venture && (await tx.ventureSettings.findUnique({ where: { ventureId } }));
    if (!settings) throw new AppError("NOT_FOUND");
    if (venture.stage === "active") return refuse("ALREADY_ACTIVE");
    if (venture.stage === "exited") return refuse("EXITED");
    const gate = entryGate(await readEntryFacts(tx, ventureId), resolveStored(settings).parameters);
    if (!gate.passed && !overrideReason) return refuse("GATE_FAILED", failingLines(gate));
    if (!gate.passed && actor.role !== "chairman") return refuse("OVERRIDE_NOT_ALLOWED");
    const opened = { ventureId, gate, overrideReason: gate.passed ? null : (overrideReason ?? null) };
    const life = await openLife(tx, actor.ref, { ...opened, door: "chairman" }, clock.now());
    return ok({ ...life, gate });
  }, PATIENT);
}

const failingLines = (gate: GateResult) =>
  gate.lines
    .filter((line) => !line.passed)
    .map((line) => ({ path: line.criterion, expected: `${line.required}; found ${line.found}` }));

/**
 * Takes over a venture that is already in stage 40, or has left it, as the chairman tells it: no gate, but a reason on
 * record. Only a venture without any life in stage 40 can be taken over.
 */
export async function adoptStage40(
  actor: Actor,
  input: AdoptStage40,
): Promise<Result<{ stageRecordId: string }, "ALREADY_KNOWN">> {
  if (actor.role !== "chairman") throw new AppError("FORBIDDEN");
  const { ventureId, enteredOn, exitedOn, openSubstages, reason } = adoptStage40Schema.parse(input);
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  await engineClient();
  return await db.$transaction(async (tx) => {
    const [venture] = await tx.$queryRaw<{ stage: string }[]>`
      SELECT "stage"::text FROM "venture" WHERE "id" = ${ventureId}::uuid AND "archivedAt" IS NULL FOR UPDATE`;
    if (!venture) throw new AppError("NOT_FOUND");
    if (venture.stage !== "mature" || (await tx.stageRecord.count({ where: { ventureId } })) > 0) {
      return refuse("ALREADY_KNOWN");
    }
    const outcome = exitedOn ? "exited" : null;
    const dates = { enteredAt: new Date(`${enteredOn}T00:00:00Z`), endedAt: asDate(exitedOn ?? null) };
    const record = await tx.stageRecord.create({ data: { ventureId, ordinal: 1, ...dates, outcome, openSubstages } });
    await tx.venture.update({ where: { id: ventureId }, data: { stage: exitedOn ? "exited" : "active" } });
    const run = { ventureId, ordinal: 1, door: "takeover" as const, by: actor.ref, entryGate: null };
    await beginStageRun(tx, run, clock.now());
    await recordEvent(tx, {
      ventureId,
      type: "stage.adopted",
      actor: actor.ref,
      subject: `stage40:${ventureId}:1`,
      payload: { enteredOn, exitedOn: exitedOn ?? null, openSubstages, reason },
      at: clock.now(),
    });
    return ok({ stageRecordId: record.id });
  });
}
