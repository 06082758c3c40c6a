import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { buyerFiguresOn } from "@/lib/buyers/queries";
import { closingFiguresOn } from "@/lib/closing/queries/closing";
import { DATA_ROOM_ASKS } from "@/lib/data-room/queries/figures";
import { db, type Tx } from "@/lib/db";
import { negotiationFiguresOn } from "@/lib/deals/queries/negotiation";
import { offerFiguresOn } from "@/lib/deals/queries/offers";
import { recordFiguresOn } from "@/lib/distribution/queries/records/compute";
import { SPLIT_ASK, splitFiguresOn } from "@/lib/distribution/queries/split-case";
import { RECORD_ASK } from "@/lib/distribution/schema/records";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { GROWTH_ASKS } from "@/lib/growth/queries/asks";
import { FORECAST_ASKS } from "@/lib/growth/queries/forecast/forecast-asks";
import { FORECAST_RECORD_ASKS } from "@/lib/growth/queries/forecast/forecast-records";
import { ledgerFiguresOn } from "@/lib/ledger/queries/figures";
import { TIMING_ASKS } from "@/lib/market/queries/timing";
import { PERFORMANCE_ASKS } from "@/lib/metrics/queries/asks";
import { readinessFiguresOn } from "@/lib/readiness/queries/assessment";
import { EXIT_ASKS } from "@/lib/stage/queries/exit-facts";
import { STAGE_ASKS } from "@/lib/stage/queries/stage-facts";
import { VALUATION_ASKS } from "@/lib/valuation/queries/compute";
import { PLAN_ASKS } from "@/lib/valuation/queries/optimization";
import { saveFigures } from "../mutations";
import { neededBy } from "../rules";
import type { Figure, FigureAsk, FigureView } from "../schema";

/** Computes what a screen showed from the facts as they are now; null where they no longer hold it. */
type Answer = (tx: Tx, venture: string, args: FigureAsk["args"]) => Promise<Figure[] | null>;

/** A domain whose screens show figures before they are stored adds its questions here. */
const ASKS: Readonly<Record<string, Answer | undefined>> = {
  ...PERFORMANCE_ASKS,
  ...GROWTH_ASKS,
  ...FORECAST_ASKS,
  ...FORECAST_RECORD_ASKS,
  ...VALUATION_ASKS,
  ...PLAN_ASKS,
  ...TIMING_ASKS,
  ...DATA_ROOM_ASKS,
  ...EXIT_ASKS,
  ...STAGE_ASKS,
  "readiness.assessment": readinessFiguresOn,
  ledger: ledgerFiguresOn,
  buyers: buyerFiguresOn,
  "deals.offer": offerFiguresOn,
  [SPLIT_ASK]: splitFiguresOn,
  [RECORD_ASK]: recordFiguresOn,
  "deals.negotiation": negotiationFiguresOn,
  closing: closingFiguresOn,
};

/**
 * Stores the figure behind a number of a screen, with all that it rests on, when it is opened: charts and tables then
 * cost no rows. Its id is the question, so the same number has the same id wherever it is read.
 */
export async function openFigure(
  actor: Actor,
  id: string,
  ask: FigureAsk,
  now: Date,
): Promise<Result<FigureView, "DATA_GONE">> {
  const { venture } = ask.args;
  const answer = Object.hasOwn(ASKS, ask.of) ? ASKS[ask.of] : undefined;
  if (!answer || typeof venture !== "string" || !maySeeVenture(actor, venture)) throw new AppError("NOT_FOUND");
  const read = { isolationLevel: "RepeatableRead", timeout: 60_000, maxWait: 20_000 } as const;
  const figures = await db.$transaction((tx) => answer(tx, venture, ask.args), read);
  const figure = figures?.find((one) => one.id === id);
  if (!figures || !figure) return refuse("DATA_GONE" as const);
  const refs = await db.$transaction((tx) => saveFigures(tx, venture, neededBy(figure, figures), now), {
    timeout: 60_000,
  });
  const { label, value, unit, asOf, reason } = figure;
  const revision = refs.find((ref) => ref.id === id)?.revision ?? 1;
  return ok({ id, revision, label, value, unit, asOf, reason: reason ?? null, stale: null });
}
