import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { todayOf } from "@/lib/metrics/queries/performance";
import { loadRecordFacts } from "../../queries/records/facts";
import { LOT_COST, type RecordRefusal, type StateCost } from "../../schema/records";

/** What was paid for a lot where the cap table cannot say it, with where it is written. What was said before stays stored. */
export async function stateLotCost(
  actor: Actor,
  { ventureId, currency, securityId, amountMinor, evidence }: StateCost,
  now: Date,
): Promise<Result<null, RecordRefusal>> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(
    async (tx) => {
      await lockDatasets(tx, ventureId, [LOT_COST], now);
      const facts = await loadRecordFacts(tx, venture, currency, todayOf(venture, now));
      if (!facts?.lots.some(({ id }) => id === securityId)) return refuse("NO_SUCH_LOT");
      const data = { ventureId, securityId, amountMinor, currency, evidence, statedBy: actor.ref, statedAt: now };
      await tx.lotCost.create({ data });
      await bumpDatasets(tx, ventureId, [LOT_COST], now);
      await recordEvent(tx, {
        ...{ ventureId, type: "lot-cost.stated", actor: actor.ref, subject: `venture:${ventureId}`, at: now },
        payload: { securityId, currency, amountMinor: amountMinor.toString(), evidence },
      });
      return ok(null);
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
}
