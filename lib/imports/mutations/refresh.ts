import "server-only";
import { wakeConditional } from "@/lib/decisions/mutations/conditions";
import { SHARED_DATA } from "@/lib/figures/schema";
import { lookSoon } from "@/lib/governance/mutations/look-soon";
import { logger } from "@/lib/logger";
import { refreshAndWatch } from "@/lib/metrics/mutations";
import { listConverting } from "@/lib/metrics/queries/rates";

export type AfterChange = (ventureId: string, datasets: readonly string[], now: Date) => Promise<void>;

/** Called after the commit of an apply or an undo. Those that derive something from facts put themselves in. */
export const AFTER_CHANGE: AfterChange[] = [
  async (ventureId, _datasets, now) => {
    await refreshAndWatch(ventureId, now);
  },
  async (ventureId, _datasets, now) => {
    await wakeConditional(ventureId, now);
  },
  async (ventureId, _datasets, now) => {
    await lookSoon(ventureId, now);
  },
];

/**
 * The change is stored; what is derived from it may fail and be made again, so a hook's failure is logged, not thrown.
 * Changed rates reach every venture that converts at them.
 */
export async function refreshAfterChange(ventureId: string, datasets: readonly string[], now: Date): Promise<void> {
  if (datasets.length === 0) return;
  const ventures = ventureId === SHARED_DATA ? await listConverting(datasets) : [ventureId];
  for (const id of ventures) {
    for (const hook of AFTER_CHANGE) await hook(id, datasets, now).catch((error: unknown) => logger.error(error));
  }
}
