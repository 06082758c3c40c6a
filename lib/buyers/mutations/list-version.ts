import "server-only";
import type { Tx } from "@/lib/db";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { BUYERS } from "../queries";

/** Whoever counted this venture's buyers is behind from now on. Call it last: it holds the list until the commit. */
export async function listChanged(tx: Tx, ventureId: string, now: Date): Promise<void> {
  await lockDatasets(tx, ventureId, [BUYERS], now);
  await bumpDatasets(tx, ventureId, [BUYERS], now);
}
