import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { storeWritten } from "@/lib/reports/mutations/artefacts";
import { computeValuation, loadKept } from "../queries/compute";
import { valuationReport } from "../rules/report";
import { valuationModel } from "../rules/workbook";
import { VALUATION_REPORT } from "../schema/venture";

const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };

/** Writes the valuation report from the newest version that was kept, as the next version of its kind. */
export async function writeValuationReport(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<Result<{ id: string; version: number }, "NO_METHOD">> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    const kept = await loadKept(tx, ventureId, null);
    if (!kept) return refuse("NO_METHOD");
    const { reason } = await tx.valuationVersion.findUniqueOrThrow({
      where: { ventureId_version: { ventureId, version: kept.version } },
    });
    const { valuation, figures } = await computeValuation(tx, venture, kept);
    const { currency } = venture;
    const model = valuationModel({ inputs: kept.inputs, valuation, figures, currency });
    const blocks = [...valuationReport({ ...kept, reason, valuation, figures }), ...(model ? [model] : [])];
    const title = `Valuation of ${venture.name}`;
    return ok(await storeWritten(tx, actor, { ventureId, kind: VALUATION_REPORT, title, blocks, figures }, now));
  }, TRANSACTION);
}
