import "server-only";
import { db } from "@/lib/db";
import { loadRollbackRegister } from "../queries/rollbacks";
import { ROLLBACK_RULES, type RollbackId } from "../rules/rollback-register";
import { clearCause, raiseCause } from "./alert-cause";

const KIND = "rollback";
const keyOf = (ventureId: string, id: RollbackId): string => `${KIND}:${ventureId}:${id}`;

/** A bidder that drops out, and what a person records, are told in the moment (fallen-alert.ts, impediment-row.ts). */
const TOLD_ELSEWHERE: readonly RollbackId[] = [
  ...(["deal-fell", "regulatory-block", "earn-out-dispute", "fundamental-issue"] as const),
];

/**
 * One alert for each rollback condition that holds. It ends only when the condition is far again or no longer watched: one
 * that is near, or that nobody can tell, goes on standing.
 */
export async function raiseRollbacks(ventureId: string, now: Date): Promise<{ raised: RollbackId[] }> {
  const rows = (await loadRollbackRegister(ventureId, now)).filter(({ id }) => !TOLD_ELSEWHERE.includes(id));
  const tell = { by: "system:watch", now };
  return db.$transaction(async (tx) => {
    const raised: RollbackId[] = [];
    for (const { id, state } of rows) {
      const causeKey = keyOf(ventureId, id);
      if (state === "far" || state === "not-watched") await clearCause(tx, causeKey, tell);
      if (state !== "holds") continue;
      const { trigger, action, authority } = ROLLBACK_RULES[id];
      const said = { title: trigger, detail: `${action}. Decides: ${authority}.` };
      if (await raiseCause(tx, { causeKey, ventureId, kind: KIND, severity: "critical", ...said }, tell))
        raised.push(id);
    }
    return { raised };
  });
}
