import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { ventureInSight } from "@/lib/deals/queries/process";
import type { Figure } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { addDays } from "@/lib/metrics/rules/periods";
import { closingPart } from "../rules/closing-figures";
import { CLOSING_STAGES, type Computed, computeClosing } from "./closing";
import { type ClosingRow, findClosing } from "./closing-row";

export type ToldClosing = Omit<Computed, "figures"> & {
  row: ClosingRow;
  earliestOn: string | null;
  /** By part; only those that are known. */
  figures: ReadonlyMap<string, Figure>;
};

/** Every closing of the venture's deals that are on their way, for whoever tells of them. */
export async function getToldClosings(actor: Actor, ventureId: string, now: Date) {
  return atOneMoment(async (tx) => {
    const venture = await ventureInSight(tx, actor, ventureId);
    const today = todayOf(venture, now);
    const deals = await tx.deal.findMany({
      where: { ventureId, stage: { in: [...CLOSING_STAGES] } },
      orderBy: { openedAt: "asc" },
      select: { id: true },
    });
    const closings: ToldClosing[] = [];
    for (const { id } of deals) {
      const row = await findClosing(tx, id);
      if (!row) continue;
      const { standing, verdict, figures } = await computeClosing(tx, row, today);
      const { length } = standing.schedule;
      closings.push({
        ...{ row, standing, verdict },
        earliestOn: length === null || standing.total === 0 ? null : addDays(today, length),
        figures: new Map(figures.filter(({ value }) => value !== null).map((figure) => [closingPart(figure), figure])),
      });
    }
    return { today, currency: venture.currency, closings };
  });
}
