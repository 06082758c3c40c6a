import "server-only";
import { db } from "@/lib/db";
import { loadRollbackRegister } from "../queries/rollbacks";
import { ROLLBACK_RULES, type RollbackId } from "../rules/rollback-register";
import { clearCause, raiseCause } from "./alert-cause";

export const ROLLBACK_ALERT = "rollback";
export const rollbackKey = (ventureId: string, id: RollbackId): string => `${ROLLBACK_ALERT}:${ventureId}:${id}`;

/** A bidder that drops out is told in the moment, by the run of the sale (fallen-alert.ts). */
const TOLD_ELSEWHERE: readonly RollbackId[] = ["deal-fell"];

/**
 * One alert for each rollback condition that holds. It ends only when the condition is far again or no longer watched: one
 * that is near, or that nobody can tell, goes on standing.
 */
export async function raiseRollbacks(ventureId: string, now: Date): Promise<{ raised: RollbackId[] }> {
  const rows = (await loadRollbackRegister(ventureId, now)).filter(({ id }) => !TOLD_ELSEWHERE.includes(id));
  const tell = { by: "system:watch", now };
  return db.$transaction(async (tx) => {
    const raised: RollbackId[] = [];
    const where = { ventureId, kind: ROLLBACK_ALERT, clearedAt: null };
    const standing = new Set((await tx.alert.findMany({ where })).map(({ causeKey }) => causeKey));
    for (const { id, state } of rows) {
      const causeKey = rollbackKey(ventureId, id);
      if (state === "far" || state === "not-watched") await clearCause(tx, causeKey, tell);
      // One that stands keeps its words: who recorded it said more than the rule does.
      if (state !== "holds" || standing.has(causeKey)) continue;
      const { trigger, action, authority } = ROLLBACK_RULES[id];
      const said = { title: trigger, detail: `${action}. Decides: ${authority}.` };
      if (await raiseCause(tx, { causeKey, ventureId, kind: ROLLBACK_ALERT, severity: "critical", ...said }, tell))
        raised.push(id);
    }
    return { raised };
  });
}
