import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { STAGE_LABELS } from "../rules/stages";
import { getCounterCase } from "./counter-case";
import { getNegotiationPage, loadNegotiations, type NegotiationView } from "./negotiation";
import { findProcess } from "./process";

function counterOf({ counters }: NegotiationView): "none" | "draft" | "cleared" | "sent" {
  const newest = counters.findLast((one) => one.newest);
  if (!newest) return "none";
  return newest.sentOn ? "sent" : newest.cleared ? "cleared" : "draft";
}

/** Every negotiation with its figures, and whether our positions come to a counter, for whoever quotes them. */
export async function getToldNegotiations(actor: Actor, ventureId: string, now: Date) {
  const page = await getNegotiationPage(actor, ventureId, now);
  const figures = await atOneMoment(async (tx) => {
    const process = await findProcess(tx, ventureId);
    const loaded = process && (await loadNegotiations(tx, ventureId, process));
    return loaded?.negotiations.flatMap(({ computed }) => computed?.figures ?? []) ?? [];
  });
  const deals = await Promise.all(
    page.deals.map(async (view) => ({
      ...{ view, stage: STAGE_LABELS[view.stage], counter: counterOf(view) },
      mayCounter: (await getCounterCase(actor, ventureId, view.dealId, now)).ok,
    })),
  );
  return { deals, figures };
}
