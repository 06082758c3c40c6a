import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import type { Figure } from "@/lib/figures/schema";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { refreshAndWatch } from "@/lib/metrics/mutations";
import { recordMeasured } from "@/lib/metrics/mutations/measured";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { type Computed, computeValuation, loadKept, type VentureRow } from "../queries/compute";
import { partOf } from "../rules/venture-figures";
import { changesBetween } from "../rules/version-changes";
import { type KeepValuation, VALUATION, type ValuationRefusal } from "../schema/venture";

const SOURCE = "Valuation";
const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };
/** The metric that each part of the valuation is, from the day that it is kept. */
const METRICS = { equity: "valuation", "equity.low": "valuation_low", "equity.high": "valuation_high" } as const;

type Making = { venture: VentureRow; by: string; today: string; now: Date; version: number };

async function feedMetrics(tx: Tx, { venture, by, today, now, version }: Making, figures: readonly Figure[]) {
  let moved = false;
  for (const [part, metric] of Object.entries(METRICS)) {
    const value = figures.find((figure) => partOf(figure) === part)?.value ?? null;
    if (value === null || value.startsWith("-")) continue;
    const reason = `Version ${version} of the valuation`;
    const measured = { ventureId: venture.id, metric, day: today, value, currency: venture.currency, source: SOURCE };
    moved = (await recordMeasured(tx, { ...measured, reason }, by, now)) || moved;
  }
  return moved;
}

/** The figures of the run as they were stored, by part. */
async function storeRun(tx: Tx, { venture, now }: Making, { figures }: Computed) {
  const refs = await saveFigures(tx, venture.id, figures, now);
  return Object.fromEntries(
    figures.map((figure, index) => [
      partOf(figure),
      { figure: figure.id, revision: refs[index]?.revision ?? 1, value: figure.value },
    ]),
  );
}

/**
 * Keeps changed inputs as a new version with everything computed from them, and the central estimate with its range as
 * the venture's valuation of the day. Refused where somebody was quicker, or where no method has a value.
 */
export async function keepValuation(
  actor: Actor,
  { ventureId, version: seen, reason, inputs }: KeepValuation,
  now: Date,
): Promise<Result<{ version: number }, ValuationRefusal>> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const today = todayOf(venture, now);
  const kept = await db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [VALUATION], now);
    const before = await loadKept(tx, ventureId, null);
    if ((before?.version ?? 0) !== seen) return refuse("STALE_VALUATION");
    const version = seen + 1;
    const making: Making = { venture, by: actor.ref, today, now, version };
    const computed = await computeValuation(tx, venture, { version, asOf: today, inputs });
    if (computed.simulated === null)
      return refuse("CONTRADICTION", [{ path: "simulation.correlation", expected: "a matrix that drivers can have" }]);
    if (computed.valuation.central.central.value === null) return refuse("NO_METHOD");
    await bumpDatasets(tx, ventureId, [VALUATION], now);
    const run = await storeRun(tx, making, computed);
    await tx.valuationVersion.create({
      data: {
        ...{ ventureId, version, asOf: dayDate(today), inputs, run: run as Prisma.InputJsonObject },
        ...{ reason, createdBy: actor.ref, createdAt: now },
      },
    });
    const changes = before ? changesBetween(before.inputs, inputs) : [];
    const payload = { version, reason, central: run.equity?.value ?? null, changes: changes.slice(0, 40) };
    const subject = `valuation:${ventureId}`;
    await recordEvent(tx, { ventureId, type: "valuation.kept", actor: actor.ref, subject, payload, at: now });
    return ok({ version, moved: await feedMetrics(tx, making, computed.figures) });
  }, TRANSACTION);
  if (!kept.ok) return kept;
  if (kept.value.moved) await refreshAndWatch(ventureId, now);
  return ok({ version: kept.value.version });
}
