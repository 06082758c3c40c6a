import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { STAGE_LABELS } from "../rules/stages";
import { inPlay } from "./deal-memo";
import { loadOffers } from "./offers";
import { findProcess, ventureInSight } from "./process";

/** The newest version of every offer with its figures, for whoever quotes them. */
export async function getToldOffers(actor: Actor, ventureId: string) {
  return atOneMoment(async (tx) => {
    const venture = await ventureInSight(tx, actor, ventureId);
    const process = await findProcess(tx, ventureId);
    if (!process) return { process: null, offers: [], figures: [], classNames: new Map<string, string>() };
    const { offers, figures, loaded } = await loadOffers(tx, venture, process);
    return {
      ...{ process, figures },
      offers: offers
        .filter(({ newest }) => newest)
        .map((one) => ({ ...one, stageLabel: STAGE_LABELS[one.stage], inPlay: inPlay(one) })),
      classNames: new Map(loaded.context?.classes.map(({ id, name }) => [id, name ?? id]) ?? []),
    };
  });
}
