import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { recomputeBuyerFigure } from "@/lib/buyers/queries";
import { isBuyerMethod } from "@/lib/buyers/rules/buyer-figures";
import { recomputeClosingFigure } from "@/lib/closing/queries/closing";
import { isClosingMethod } from "@/lib/closing/rules/closing-figures";
import { recomputeRoomFigure } from "@/lib/data-room/queries/figures";
import { isRoomMethod } from "@/lib/data-room/rules/room-figures";
import { db, type Tx } from "@/lib/db";
import { recomputeNegotiationFigure } from "@/lib/deals/queries/negotiation";
import { recomputeOfferFigure } from "@/lib/deals/queries/offers";
import { isNegotiationMethod } from "@/lib/deals/rules/negotiation-figures";
import { isOfferMethod } from "@/lib/deals/rules/offer-figures";
import { recomputeAgentRecordFigure } from "@/lib/decisions/queries/autonomy/recompute";
import { isNewestMethod, recomputeNewestFigure } from "@/lib/decisions/queries/conditions";
import { isAgentRecordMethod } from "@/lib/decisions/rules/autonomy/record-figures";
import { recomputeRecordFigure } from "@/lib/distribution/queries/records/compute";
import { recomputeSplitFigure } from "@/lib/distribution/queries/split-case";
import { isRecordMethod } from "@/lib/distribution/rules/records/record-figures";
import { isSplitMethod } from "@/lib/distribution/rules/split/split-figures";
import { recomputeDocumentFigure } from "@/lib/documents/queries/figures";
import { isDocumentMethod } from "@/lib/documents/rules/document-figures";
import { ok, type Result, refuse } from "@/lib/errors";
import { recomputeExperimentFigure } from "@/lib/experiments/queries";
import { isExperimentMethod } from "@/lib/experiments/rules/result-figures";
import { recomputeTriggerFigure } from "@/lib/governance/queries/recompute";
import { isTriggerMethod } from "@/lib/governance/rules/trigger-figures";
import { isLeverMethod, recomputeLeverFigure } from "@/lib/growth/queries";
import { recomputePeerFigure } from "@/lib/growth/queries/benchmarks/peer-column";
import { recomputeCycleFigure } from "@/lib/growth/queries/cycle/cycle-report";
import { isDriverMethod, recomputeDriverFigure } from "@/lib/growth/queries/drivers/drivers";
import { isForecastMethod, recomputeForecastFigure } from "@/lib/growth/queries/forecast/forecast-asks";
import { isForecastRecordMethod, recomputeForecastRecordFigure } from "@/lib/growth/queries/forecast/forecast-records";
import { recomputeKeptWindow } from "@/lib/growth/queries/forecast/kept-column";
import { recomputeInitiativeFigure } from "@/lib/growth/queries/initiatives/initiative-recompute";
import { isPeerMethod } from "@/lib/growth/rules/benchmarks/peer-figures";
import { isCycleMethod } from "@/lib/growth/rules/cycle/cycle-figures";
import { isKeptWindowMethod } from "@/lib/growth/rules/forecast/kept-window";
import { isInitiativeMethod } from "@/lib/growth/rules/initiatives/initiative-figures";
import { recomputeLedgerFigure } from "@/lib/ledger/queries/figures";
import { isLedgerMethod } from "@/lib/ledger/rules/ledger-figures";
import { recomputeTimingFigure } from "@/lib/market/queries/timing";
import { isTimingMethod } from "@/lib/market/rules/timing-figures";
import { recomputeVentureFigure } from "@/lib/metrics/queries/recompute";
import { isVentureMethod } from "@/lib/metrics/rules/venture-facts";
import { recomputePaymentFigure } from "@/lib/payments/queries/figures";
import { isPaymentMethod } from "@/lib/payments/rules/payment-figures";
import { recomputeReadinessFigure } from "@/lib/readiness/queries/assessment";
import { isReadinessMethod } from "@/lib/readiness/rules/assessment";
import { recomputeWeeklyFigure } from "@/lib/reports/queries/weekly/recompute";
import { isWeeklyMethod } from "@/lib/reports/rules/weekly/weekly-figures";
import { recomputeExitFigure } from "@/lib/stage/queries/exit-facts";
import { recomputeStageFigure } from "@/lib/stage/queries/stage-facts";
import { isExitMethod } from "@/lib/stage/rules/exit-figures";
import { isStageFactMethod } from "@/lib/stage/rules/stage-figures";
import { recomputeValuationFigure } from "@/lib/valuation/queries/compute";
import { recomputePlanFigure } from "@/lib/valuation/queries/optimization";
import { isPlanMethod } from "@/lib/valuation/rules/optimization/plan-figures";
import { isValuationMethod } from "@/lib/valuation/rules/venture-figures";
import { saveFigures } from "../mutations";
import { getLatestFigure, toFigure } from "../queries";
import type { Figure } from "../schema";

type Stored = { figure: Figure; ventureId: string | null };

/** Who can compute a method again: its domain. The answer is the figure with all that it is computed from, inputs first. */
type Method = {
  owns: (method: string) => boolean;
  recompute: (tx: Tx, figure: Stored, load: (id: string) => Promise<Figure | null>) => Promise<Figure[] | null>;
};

const METHODS: readonly Method[] = [
  { owns: isVentureMethod, recompute: recomputeVentureFigure },
  { owns: isInitiativeMethod, recompute: recomputeInitiativeFigure },
  { owns: isLeverMethod, recompute: recomputeLeverFigure },
  { owns: isPeerMethod, recompute: recomputePeerFigure },
  { owns: isDriverMethod, recompute: recomputeDriverFigure },
  { owns: isExperimentMethod, recompute: recomputeExperimentFigure },
  { owns: isForecastMethod, recompute: recomputeForecastFigure },
  { owns: isForecastRecordMethod, recompute: recomputeForecastRecordFigure },
  { owns: isKeptWindowMethod, recompute: recomputeKeptWindow },
  { owns: isCycleMethod, recompute: recomputeCycleFigure },
  { owns: isBuyerMethod, recompute: recomputeBuyerFigure },
  { owns: isReadinessMethod, recompute: recomputeReadinessFigure },
  { owns: isValuationMethod, recompute: recomputeValuationFigure },
  { owns: isPlanMethod, recompute: recomputePlanFigure },
  { owns: isTimingMethod, recompute: recomputeTimingFigure },
  { owns: isTriggerMethod, recompute: recomputeTriggerFigure },
  { owns: isNewestMethod, recompute: recomputeNewestFigure },
  { owns: isAgentRecordMethod, recompute: recomputeAgentRecordFigure },
  { owns: isRoomMethod, recompute: recomputeRoomFigure },
  { owns: isDocumentMethod, recompute: recomputeDocumentFigure },
  { owns: isPaymentMethod, recompute: recomputePaymentFigure },
  { owns: isLedgerMethod, recompute: recomputeLedgerFigure },
  { owns: isExitMethod, recompute: recomputeExitFigure },
  { owns: isStageFactMethod, recompute: recomputeStageFigure },
  { owns: isOfferMethod, recompute: recomputeOfferFigure },
  { owns: isSplitMethod, recompute: recomputeSplitFigure },
  { owns: isRecordMethod, recompute: recomputeRecordFigure },
  { owns: isNegotiationMethod, recompute: recomputeNegotiationFigure },
  { owns: isClosingMethod, recompute: recomputeClosingFigure },
  { owns: isWeeklyMethod, recompute: recomputeWeeklyFigure },
];

export type Recomputed = {
  same: boolean;
  before: { revision: number; value: string | null; reason: string | null };
  after: { revision: number; value: string | null; reason: string | null };
};

export type RecomputeRefusal = "NOT_RECOMPUTABLE" | "DATA_GONE";

async function latest(tx: Tx, id: string): Promise<Figure | null> {
  const row = await tx.figure.findFirst({ where: { id }, orderBy: { revision: "desc" } });
  return row && toFigure(row);
}

/**
 * Computes a stored figure again from the facts as they are now, by the rule that made it, and says whether it comes
 * out the same. What differs, or rests on newer data, is a new revision. Numbers that a caller gave have no facts.
 */
export async function recomputeFigure(
  actor: Actor,
  id: string,
  now: Date,
): Promise<Result<Recomputed, RecomputeRefusal>> {
  const before = await getLatestFigure(actor, id);
  const method = METHODS.find((candidate) => candidate.owns(before.figure.method));
  if (!method) return refuse("NOT_RECOMPUTABLE" as const);
  return db.$transaction(
    async (tx) => {
      const figures = await method.recompute(tx, before, (inputId) => latest(tx, inputId));
      const figure = figures?.find((candidate) => candidate.id === id);
      if (!figures || !figure) return refuse("DATA_GONE" as const);
      const refs = await saveFigures(tx, before.ventureId, figures, now);
      const revision = refs.find((ref) => ref.id === id)?.revision ?? before.revision;
      const was = { revision: before.revision, value: before.figure.value, reason: before.figure.reason ?? null };
      const is = { revision, value: figure.value, reason: figure.reason ?? null };
      const same = was.value === is.value && was.reason === is.reason;
      await recordEvent(tx, {
        ventureId: before.ventureId,
        type: "figure.recomputed",
        actor: actor.ref,
        subject: `figure:${id}`,
        payload: { label: figure.label, same, before: was, after: is },
        at: now,
      });
      return ok({ same, before: was, after: is });
    },
    { timeout: 60_000 },
  );
}
