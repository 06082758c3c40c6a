import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { loadAssumptions } from "../queries/timing";
import { type KeepTiming, TIMING_DATASET, type TimingRefusal } from "../schema/timing";

const TRANSACTION = { timeout: 30_000, maxWait: 20_000 };

/** Keeps changed assumptions as a new version; refused where somebody was quicker, or a series is not of its kind. */
export async function keepTiming(
  actor: Actor,
  { ventureId, version: seen, reason, assumptions }: KeepTiming,
  now: Date,
): Promise<Result<{ version: number }, TimingRefusal>> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [TIMING_DATASET], now);
    const before = await loadAssumptions(tx, ventureId, null);
    if (before.version !== seen) return refuse("STALE_TIMING");
    const chosen = Object.entries(assumptions.series).filter((entry): entry is [string, string] => entry[1] !== null);
    const held = await tx.marketSeries.findMany({ where: { key: { in: chosen.map(([, key]) => key) } } });
    const kinds = new Map(held.map(({ key, kind }) => [key, kind]));
    const strange = chosen.filter(([kind, key]) => kinds.get(key) !== kind);
    if (strange.length > 0)
      return refuse(
        "UNKNOWN_SERIES",
        strange.map(([kind]) => ({ path: `series.${kind}`, expected: `a series of the kind ${kind}` })),
      );
    const version = seen + 1;
    const data = { ventureId, version, assumptions, reason };
    await tx.timingVersion.create({ data: { ...data, createdBy: actor.ref, createdAt: now } });
    await bumpDatasets(tx, ventureId, [TIMING_DATASET], now);
    const payload = { version, reason, assumptions };
    const subject = `timing:${ventureId}`;
    await recordEvent(tx, { ventureId, type: "timing.kept", actor: actor.ref, subject, payload, at: now });
    return ok({ version });
  }, TRANSACTION);
}
